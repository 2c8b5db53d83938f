import { peekCode } from './one-time-codes';
import type { Principal } from './principal';
import { SETUP_PREFIX } from './tokens';

/** The new tenant a set-up token is for, or null when it is unknown or older than its hour. */
export async function findSetupToken(
  token: string,
  now: Date,
): Promise<Extract<Principal, { kind: 'setup' }> | null> {
  if (!token.startsWith(SETUP_PREFIX)) return null;
  const code = await peekCode('setup', token, now);
  return code?.tenantId ? { kind: 'setup', codeId: code.id, tenantId: code.tenantId } : null;
}

import { appSql } from '@/lib/infra/db';
import type { Principal } from './principal';
import { SETUP_PREFIX, tokenHash } from './tokens';

type Row = { id: string; tenant_id: string | null };

/** The new tenant a set-up token is for, or null when it is unknown or older than its hour. */
export async function findSetupToken(
  token: string,
  now: Date,
): Promise<Extract<Principal, { kind: 'setup' }> | null> {
  if (!token.startsWith(SETUP_PREFIX) || token.length > 200) return null;
  const found = await appSql<Row>(
    'identity.peek_code',
    'SELECT * FROM door.peek_code($1, $2, $3)',
    ['setup', tokenHash(token), now],
  );
  const [row] = found.rows;
  return row?.tenant_id ? { kind: 'setup', codeId: row.id, tenantId: row.tenant_id } : null;
}

import { equalInConstantTime, keyedHash, randomToken, sha256 } from '@/lib/infra/crypto';
import { isUuid } from '@/lib/kernel/ids';

/** Prefixes tell a reader of logs, and a scanner of repositories, what was leaked. */
export const ACCESS_PREFIX = 'nz_at_';
export const REFRESH_PREFIX = 'nz_rt_';
export const SETUP_PREFIX = 'nz_st_';

export const newAccessToken = () => `${ACCESS_PREFIX}${randomToken(32)}`;
export const newSetupToken = () => `${SETUP_PREFIX}${randomToken(32)}`;
/** For cookies and mailed links: 256 random bits and nothing else. */
export const newOpaqueToken = () => randomToken(32);

/** What is kept of a token: its hash. The token carries 256 random bits, so a plain one is enough. */
export const tokenHash = sha256;

const seal = (body: string) => keyedHash('refresh-token', body).slice(0, 32);

/**
 * A refresh token names its session and is sealed by us, so that one which isn't the current one
 * can be told from one that was never issued: the first ends the session, the second is ignored.
 */
export function newRefreshToken(sessionId: string): string {
  const body = `${sessionId.replaceAll('-', '')}${randomToken(24)}`;
  return `${REFRESH_PREFIX}${body}${seal(body)}`;
}

/** The session a refresh token was issued for, or null when we never issued it. */
export function sessionOfRefreshToken(token: string): string | null {
  if (!token.startsWith(REFRESH_PREFIX)) return null;
  const body = token.slice(REFRESH_PREFIX.length, -32);
  if (!equalInConstantTime(seal(body), token.slice(-32))) return null;
  const hex = body.slice(0, 32);
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return isUuid(id) ? id : null;
}

import { appSql } from '@/lib/infra/db';
import { keyedHash } from '@/lib/infra/crypto';
import type { RequestInfo } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';

/** At most `max` tries in any `seconds`, counted by everything with the same `key`. */
export type Throttle = { key: string; max: number; seconds: number };

const QUARTER = 15 * 60;

/** Keys are hashed: the table holds neither addresses nor mail addresses. */
const keyOf = (name: string, what: string) => `${name}:${keyedHash('throttle', what)}`;

const addressOf = (info: RequestInfo) => info.ip ?? 'unknown';

/**
 * Ten guesses in a quarter of an hour at one account by strangers. An address from which the person has
 * signed in before counts for itself, so that strangers' guesses don't keep the person out.
 */
export function accountThrottle(email: string, info: RequestInfo, known: boolean): Throttle {
  const what = known ? `${email} ${addressOf(info)}` : email;
  return { key: keyOf('account', what), max: 10, seconds: QUARTER };
}

/** Failed sign-ins of one address, whoever it tries to be. */
export function addressThrottle(info: RequestInfo): Throttle {
  return { key: keyOf('sign-in', addressOf(info)), max: 100, seconds: QUARTER };
}

/** Mails that somebody else's visit can cause one address to get. */
export function mailThrottle(kind: string, email: string): Throttle {
  return { key: keyOf(`mail-${kind}`, email), max: 5, seconds: 3600 };
}

/** Promotion codes that one organisation may guess wrong. */
export function codeThrottle(tenantId: string): Throttle {
  return { key: keyOf('code', tenantId), max: 20, seconds: QUARTER };
}

/** New tenants an hour from one address. */
export function signUpThrottle(info: RequestInfo, max: number): Throttle {
  return { key: keyOf('sign-up', addressOf(info)), max, seconds: 3600 };
}

type Row = { allowed: boolean; wait_seconds: number };

/** Takes one try of each, or of none. Returns the seconds to wait: 0 when the try was taken. */
export async function takeTry(throttles: Throttle[], now: Date): Promise<number> {
  const found = await appSql<Row>(
    'identity.take_tries',
    'SELECT * FROM door.take_tries($1, $2, $3, $4)',
    [
      throttles.map(({ key }) => key),
      throttles.map(({ max }) => max),
      throttles.map(({ seconds }) => seconds),
      now,
    ],
  );
  const [row] = found.rows;
  return row?.allowed === false ? Math.max(1, Math.ceil(row.wait_seconds)) : 0;
}

/** Throws 429 `rate_limited` when there were too many tries. */
export async function requireTry(
  throttles: Throttle[],
  now: Date,
  detail: (wait: string) => string,
): Promise<void> {
  const seconds = await takeTry(throttles, now);
  if (seconds === 0) return;
  const minutes = Math.ceil(seconds / 60);
  const wait = seconds < 90 ? `${seconds} seconds` : `${minutes} minutes`;
  throw new DomainError('rate_limited', 'rate_limited', detail(wait), {
    extra: { retry_after: seconds },
  });
}

/** After a success: `cleared` start anew, `returned` get their last try back. */
export async function forgive(cleared: Throttle[], returned: Throttle[]): Promise<void> {
  await appSql('identity.forgive_tries', 'SELECT door.forgive_tries($1, $2)', [
    cleared.map(({ key }) => key),
    returned.map(({ key }) => key),
  ]);
}

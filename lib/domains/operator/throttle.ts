import { forgive, requireTry, type Throttle } from '@/lib/domains/identity';
import { keyedHash } from '@/lib/infra/crypto';
import type { RequestInfo } from '@/lib/kernel/ctx';

const QUARTER = 15 * 60;

/** At most `max` in `seconds`; the key holds no address, only its hash. */
export const limitOf = (name: string, what: string, max: number, seconds = QUARTER): Throttle => ({
  key: `operator-${name}:${keyedHash('throttle', what)}`,
  max,
  seconds,
});

const addressOf = (info: RequestInfo) => limitOf('address', info.ip ?? 'unknown', 30);

/** Strangers share the tries at an account; an address that it has signed in from has its own. */
const accountOf = (email: string, info: RequestInfo, known: boolean) =>
  limitOf('account', known ? `${email} ${info.ip ?? 'unknown'}` : email, 10);

const codeOf = (operatorId: string) => limitOf('code', operatorId, 5);

/** Invitations an hour that one administrator sends. */
export const invitesOf = (operatorId: string) => limitOf('invites', operatorId, 20, 3600);

/** Takes a try before anything is compared; `succeeded` gives it back. Throws 429 `rate_limited`. */
export async function takeSignInTry(
  info: RequestInfo,
  { email, known }: { email: string; known: boolean },
): Promise<{ succeeded: () => Promise<void> }> {
  const [account, address] = [accountOf(email, info, known), addressOf(info)];
  await requireTry(
    [account, address],
    info.clock.now(),
    (wait) => `Too many tries to sign in. Wait ${wait} and try again.`,
  );
  return { succeeded: () => forgive([account], [address]) };
}

/** Ten passwords in a quarter of an hour, by somebody who is signed in. Throws 429 `rate_limited`. */
export async function takePasswordTry(
  info: RequestInfo,
  operatorId: string,
): Promise<{ succeeded: () => Promise<void> }> {
  const own = limitOf('password', operatorId, 10);
  await requireTry(
    [own],
    info.clock.now(),
    (wait) => `Too many wrong passwords. Wait ${wait} and try again.`,
  );
  return { succeeded: () => forgive([own], []) };
}

/** Five codes in a quarter of an hour, whoever sends them from wherever. Throws 429 `rate_limited`. */
export async function takeCodeTry(
  info: RequestInfo,
  operatorId: string,
): Promise<{ succeeded: () => Promise<void> }> {
  const code = codeOf(operatorId);
  await requireTry(
    [code],
    info.clock.now(),
    (wait) => `Too many wrong codes. Wait ${wait} and try again.`,
  );
  return { succeeded: () => forgive([code], []) };
}

/** Links and passwords that one address tries to join with. Throws 429 `rate_limited`. */
export async function takeJoinTry(info: RequestInfo): Promise<{ succeeded: () => Promise<void> }> {
  const address = limitOf('join', info.ip ?? 'unknown', 20);
  await requireTry(
    [address],
    info.clock.now(),
    (wait) => `Too many tries to join. Wait ${wait} and try again.`,
  );
  return { succeeded: () => forgive([], [address]) };
}

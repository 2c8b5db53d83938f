import { forgive, requireTry, type Throttle } from '@/lib/domains/identity';
import { keyedHash } from '@/lib/infra/crypto';
import type { RequestInfo } from '@/lib/kernel/ctx';

const QUARTER = 15 * 60;

const limitOf = (name: string, what: string, max: number): Throttle => ({
  key: `operator-${name}:${keyedHash('throttle', what)}`,
  max,
  seconds: QUARTER,
});

const addressOf = (info: RequestInfo) => limitOf('address', info.ip ?? 'unknown', 30);

/** Strangers share the tries at an account; an address that it has signed in from has its own. */
const accountOf = (email: string, info: RequestInfo, known: boolean) =>
  limitOf('account', known ? `${email} ${info.ip ?? 'unknown'}` : email, 10);

const codeOf = (operatorId: string) => limitOf('code', operatorId, 5);

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

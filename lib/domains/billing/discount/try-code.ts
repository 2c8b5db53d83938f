import { codeThrottle, forgive, requireTry } from '@/lib/domains/identity';
import type { Ctx } from '@/lib/kernel/ctx';

/**
 * Looks a code up by `find`, where guesses are counted: codes are worth money, and each guess asks the provider. One that
 * is good isn't a guess. Throws 429 `rate_limited`, and what `find` throws.
 */
export async function tryCode<T>(ctx: Ctx, find: () => Promise<T>): Promise<T> {
  const throttle = codeThrottle(ctx.tenantId);
  const says = (wait: string) => `Too many codes that aren’t good. Wait ${wait}.`;
  await requireTry([throttle], ctx.clock.now(), says);
  const found = await find();
  await forgive([], [throttle]);
  return found;
}

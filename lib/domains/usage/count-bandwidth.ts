import { tally } from '@/lib/infra/tally';
import type { Ctx } from '@/lib/kernel/ctx';

/** Counts bytes of an answer to a metered call; `answers` is 1 with the first of them. Written within a second. */
export function countBandwidth(ctx: Ctx, bytes: number, answers: 0 | 1): void {
  const { tenantId } = ctx;
  tally({
    tenantId,
    meter: 'bandwidth_bytes',
    at: ctx.clock.now(),
    count: answers,
    value: bytes,
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { outsideSteps, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { systemClock } from '@/lib/kernel/clock';
import { DomainError } from '@/lib/kernel/errors';

/** Longer than all calls of one turn can take, each tried as often as it may be: whoever holds one for longer has died. */
const TURN_MS = 15 * 60_000;
/** So long somebody waits for the one before. */
const PATIENCE_MS = 10_000;
const LOOK_MS = 200;

const nowMs = () => systemClock.now().getTime();

/** Takes the turn unless somebody has it; it counts in real time, for it is no affair of the tenant's. */
async function take(ctx: Ctx, gateway: string, until: Date): Promise<boolean> {
  const { tenantId } = ctx;
  const { count } = await withTenant(ctx, (tx) =>
    tx.billingCustomer.updateMany({
      where: {
        tenantId,
        gateway,
        OR: [{ buyerTurnUntil: null }, { buyerTurnUntil: { lte: systemClock.now() } }],
      },
      data: { buyerTurnUntil: until },
    }),
  );
  return count === 1;
}

async function giveBack(ctx: Ctx, gateway: string, until: Date): Promise<void> {
  const { tenantId } = ctx;
  await withTenant(ctx, (tx) =>
    tx.billingCustomer.updateMany({
      where: { tenantId, gateway, buyerTurnUntil: until },
      data: { buyerTurnUntil: null },
    }),
  );
}

async function waitFor(ctx: Ctx, gateway: string): Promise<Date> {
  const patience = nowMs() + PATIENCE_MS;
  for (;;) {
    const until = new Date(nowMs() + TURN_MS);
    if (await take(ctx, gateway, until)) return until;
    if (nowMs() >= patience) break;
    await sleep(LOOK_MS);
  }
  throw new DomainError(
    'unavailable',
    'billing_busy',
    'An earlier change of the billing details is still on its way. This one follows by itself.',
  );
}

/**
 * Does `work` while nobody else tells a provider of the tenant's buyer, in any process, so that an older call can't land
 * after a newer one. Throws 503 `billing_busy` when another takes long; no turn is part of a use case's steps, for it is over
 * with its process.
 */
export async function inTurn<T>(ctx: Ctx, gateway: string, work: () => Promise<T>): Promise<T> {
  const until = await outsideSteps(() => waitFor(ctx, gateway));
  try {
    return await work();
  } finally {
    await outsideSteps(() => giveBack(ctx, gateway, until));
  }
}

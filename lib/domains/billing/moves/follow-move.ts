import { getPlanVersion, type PlanVersion } from '@/lib/domains/entitlements';
import { type Tx, withTenant } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { lockBilling } from '../converge-billing';
import { pushInBackground } from '../push-wish';
import type { SubscriptionRow } from '../to-dto';
import { wishOf } from '../wish';
import { type Request, writeWish } from '../write-wish';
import { followMoveContract } from './job-contracts';
import { cycleOfMove, judgeMove, type MoveStep } from './judge-move';
import { mailMove } from './mail-move';
import { type MovePart, openMoveOf } from './open-move';
import type { LeftOutReason } from './schemas';

/** Steps that one look takes at most; each of them is a transaction. */
const MOST_STEPS = 6;

type Facts = { row: SubscriptionRow; part: MovePart; from: PlanVersion; to: PlanVersion };

async function readFacts(tx: Tx, ctx: Ctx): Promise<Facts | null> {
  const { tenantId } = ctx;
  const part = await openMoveOf(tx, tenantId);
  if (!part) return null;
  const row = await tx.subscription.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: part.subscriptionId } },
  });
  return {
    row,
    part,
    from: await getPlanVersion(tx, part.planId, part.fromVersion),
    to: await getPlanVersion(tx, part.planId, part.toVersion),
  };
}

/** Whether the plan costs more by the version that is to come; amounts by the cycle that it is told for. */
function pricesOf({ row, part, from, to }: Facts) {
  const cycle = cycleOfMove(wishOf(row), part);
  const [before, after] = [from.prices[cycle], to.prices[cycle]];
  return { cycle, before, after, rises: after !== null && before !== null && after > before };
}

function requestOf({ part }: Facts, step: Extract<MoveStep, { wish: object }>): Request {
  const versions = { plan_id: part.planId, move: part.moveId };
  return step.do === 'ask'
    ? {
        command: step.command,
        wish: step.wish,
        audit: {
          action: 'subscription.move_requested',
          before: { ...versions, plan_version: part.fromVersion },
          after: { ...versions, plan_version: part.toVersion, when: part.moment },
        },
      }
    : {
        command: 'withdraw_change',
        wish: step.wish,
        audit: {
          action: 'subscription.move_withdrawn',
          before: { ...versions, plan_version: part.toVersion },
          after: { ...versions, plan_version: part.fromVersion },
        },
      };
}

type Keep = Partial<Pick<MovePart, 'state' | 'reason' | 'asks' | 'effectiveAt' | 'noticedAt'>>;

async function write(tx: Tx, ctx: Ctx, { part }: Facts, data: Keep): Promise<void> {
  const { tenantId, moveId } = part;
  await tx.planMovePart.update({
    where: { tenantId_moveId: { tenantId, moveId } },
    data: { ...data, updatedAt: ctx.clock.now() },
  });
}

async function lookAgain(tx: Tx, ctx: Ctx, runAt: Date): Promise<void> {
  if (ctx.clock.standing) return;
  const { tenantId } = ctx;
  await enqueue(tx, followMoveContract, { tenantId }, { key: `move:${tenantId}`, runAt });
}

/** Does a step, all of it in the caller's transaction. Returns the subscription whose wish is to be pushed. */
async function take(tx: Tx, ctx: Ctx, facts: Facts, step: MoveStep): Promise<string | null> {
  const { row, part } = facts;
  const prices = pricesOf(facts);
  switch (step.do) {
    case 'wait':
      await lookAgain(tx, ctx, step.until);
      return null;
    case 'announce':
      await mailMove(tx, ctx, facts, prices, step.effectiveAt);
      await write(tx, ctx, facts, {
        state: 'noticed',
        effectiveAt: step.effectiveAt,
        noticedAt: ctx.clock.now(),
      });
      return null;
    case 'ask':
      await writeWish(tx, ctx, row, requestOf(facts, step));
      await write(tx, ctx, facts, { state: 'asked', asks: part.asks + 1 });
      await lookAgain(tx, ctx, ctx.clock.now());
      return row.id;
    case 'withdraw':
      await writeWish(tx, ctx, row, requestOf(facts, step));
      await close(tx, ctx, facts, { do: 'close', state: 'cancelled' });
      return row.id;
    case 'close':
      await close(tx, ctx, facts, step);
      return null;
  }
}

/** Reasons of ours, which nobody hears of otherwise. */
const OURS: ReadonlySet<string> = new Set<LeftOutReason>(['gateway_cannot', 'no_price', 'drift']);

/** Whether something was told that doesn't happen, and not because the customer has asked for something else. */
const toldInVain = (
  { row, part }: Facts,
  { state, reason }: Extract<MoveStep, { do: 'close' }>,
): boolean =>
  part.noticedAt !== null &&
  row.status !== 'cancelled' &&
  (state === 'cancelled' || state === 'refused' || OURS.has(reason ?? ''));

/** The end of a move, told where something else was told before. */
async function close(
  tx: Tx,
  ctx: Ctx,
  facts: Facts,
  step: Extract<MoveStep, { do: 'close' }>,
): Promise<void> {
  const { part } = facts;
  const { state, reason } = step;
  await write(tx, ctx, facts, { state, reason: reason ?? null });
  if (state === 'moved' && part.moment === 'now') {
    await mailMove(tx, ctx, facts, pricesOf(facts), ctx.clock.now());
  }
  if (toldInVain(facts, step)) await mailMove(tx, ctx, facts, pricesOf(facts), null);
}

/**
 * Takes what steps of a tenant's move to another version of its plan are due: announces it, makes it a wish when its time has
 * come, closes it once the provider charges by it. Every step is one transaction under the tenant's billing lock, so that
 * it may be asked for by anybody at any time, and a look that dies is repeated without a second effect.
 */
export async function followMove(ctx: Ctx): Promise<void> {
  const { tenantId } = ctx;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const done = await withTenant(ctx, async (tx) => {
      await lockBilling(tx, tenantId);
      const facts = await readFacts(tx, ctx);
      if (!facts) return 'over';
      const { rises } = pricesOf(facts);
      const next = judgeMove(facts.row, facts.part, { to: facts.to, rises }, ctx.clock.now());
      const pushes = await take(tx, ctx, facts, next);
      return next.do === 'wait' ? 'over' : { pushes };
    });
    if (done === 'over') return;
    if (done.pushes) await pushInBackground(ctx, done.pushes);
  }
}

import { recordAudit } from '@/lib/domains/audit';
import { nextMonthOf } from '@/lib/domains/usage';
import { type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { lockBilling } from '../converge-billing';
import { beginOverageContract } from '../job-contracts';
import { gatewayOf } from '../gateways/find-gateway';
import { mayChangeBilling } from '../policy';
import { requireAbility } from '../require-ability';
import { renewRights } from '../apply-rights';
import { toOverageDto } from './get-overage';
import { costOf, type OverageMonth, readOverageMonth } from './read-month';
import type { OverageDto, OverageMeter, SetOverageInput } from './schemas';
import { sameSetting, type Setting } from './settings';

type Step = Setting & { from: Date };

function requireOffered({ centsPerThousand, live }: OverageMonth, wish: Setting): void {
  if (wish.mode === 'off') return;
  if (live) requireAbility(gatewayOf(live), 'let_in_beyond');
  if (centsPerThousand !== null) return;
  throw conflict(
    'overage_not_offered',
    'Your plan has no price for use beyond its limit, so there is nothing to switch on.',
  );
}

function requireCurrency({ currency }: OverageMonth, { budget }: SetOverageInput): void {
  if (!budget || budget.currency === currency) return;
  throw invalidField(
    'budget',
    'currency_mismatch',
    `Your plan is charged in ${currency.toUpperCase()}; give the budget in it.`,
  );
}

/**
 * What is written down for a wish. What was used beyond the limit while it was let in is owed, so a month that has cost
 * more than the wish allows keeps that as its budget until it ends, and the wish begins with the next.
 */
function stepsTo(wish: Setting, month: OverageMonth, now: Date): Step[] {
  const owed = costOf(month, month.used);
  const least = wish.mode === 'off' ? 0 : wish.budget;
  if (least === null || owed <= least) return [{ ...wish, from: now }];
  return [
    { mode: 'budget', budget: owed, from: now },
    { ...wish, from: nextMonthOf(now) },
  ];
}

const describe = ({ mode, budget }: Setting) => ({ mode, budget });

async function writeSteps(tx: Tx, ctx: Ctx, month: OverageMonth, steps: Step[]): Promise<void> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const { meter, revisions } = month;
  await tx.overageSetting.createMany({
    data: steps.map((step, index) => ({
      tenantId,
      meter,
      revision: revisions + index + 1,
      ...step,
      createdAt: now,
    })),
  });
  const later = steps.filter(({ from }) => from > now);
  for (const { from } of later) {
    const key = `overage:${tenantId}:${from.getTime()}`;
    await enqueue(tx, beginOverageContract, { tenantId }, { runAt: from, key });
  }
}

/**
 * Switches what happens at a meter's limit: stop, go on for the plan's price, or go on until the month has cost the
 * budget. Acts on the next call. Less than the month has cost already begins with the next month. Throws 409
 * `overage_not_offered` under a plan without a price, `gateway_cannot` where who collects takes no such lines, 422 `currency_mismatch`.
 */
export async function setOverage(
  ctx: Ctx,
  meter: OverageMeter,
  input: SetOverageInput,
): Promise<OverageDto> {
  mayChangeBilling(ctx);
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const wish: Setting = { mode: input.mode, budget: input.budget?.amount ?? null };
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const before = await readOverageMonth(tx, ctx, meter);
    requireOffered(before, wish);
    requireCurrency(before, input);
    if (sameSetting(before.next ?? before.setting, wish)) return toOverageDto(before, now);
    await writeSteps(tx, ctx, before, stepsTo(wish, before, now));
    await renewRights(tx, ctx);
    await recordAudit(tx, ctx, {
      action: 'overage.set',
      object: { type: 'overage', id: meter },
      before: describe(before.setting),
      after: describe(wish),
    });
    await emit(tx, ctx, 'overage.changed', { meter, mode: wish.mode });
    return toOverageDto(await readOverageMonth(tx, ctx, meter), now);
  });
}

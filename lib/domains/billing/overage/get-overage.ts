import { nextMonthOf } from '@/lib/domains/usage';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { money } from '@/lib/kernel/money';
import { mayReadBilling } from '../policy';
import { costOf, type OverageMonth, readOverageMonth } from './read-month';
import { type OverageDto, overageMeters } from './schemas';
import { type Setting, unitsBeyond } from './settings';

/** Where the month stops; null: nowhere. */
function stopsAt({ active, setting, included, centsPerThousand }: OverageMonth): number | null {
  const beyond = active ? unitsBeyond(setting, centsPerThousand) : 0;
  return included === null || beyond === null ? null : included + beyond;
}

/** A month's overage as the outside sees it. */
export function toOverageDto(month: OverageMonth, now: Date): OverageDto {
  const { currency, centsPerThousand, projected, next } = month;
  const settingOf = ({ mode, budget }: Setting) => ({
    mode,
    budget: budget === null ? null : money(budget, currency),
  });
  return {
    meter: month.meter,
    ...settingOf(month.setting),
    next: next && { ...settingOf(next), from: next.from.toISOString() },
    price_per_thousand: centsPerThousand === null ? null : money(centsPerThousand, currency),
    active: month.active,
    used: month.used,
    included: month.included,
    stops_at: stopsAt(month),
    charge: money(costOf(month, month.used), currency),
    projected_charge: projected === null ? null : money(costOf(month, projected), currency),
    resets_at: nextMonthOf(now).toISOString(),
  };
}

/** What happens beyond the limits of the plan, meter by meter, and what it has come to this month. */
export async function getOverage(ctx: Ctx): Promise<{ data: OverageDto[] }> {
  mayReadBilling(ctx);
  const now = ctx.clock.now();
  const data = await withTenant(ctx, async (tx) => {
    const months: OverageDto[] = [];
    for (const meter of overageMeters) {
      months.push(toOverageDto(await readOverageMonth(tx, ctx, meter), now));
    }
    return months;
  });
  return { data };
}

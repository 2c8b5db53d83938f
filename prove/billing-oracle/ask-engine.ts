import {
  type Act as EngineAct,
  type Discount as EngineDiscount,
  type Invoice as EngineInvoice,
  runTimeline,
  type Terms,
} from '@/lib/domains/billing/engine';
import { monthsAfter } from './calendar';
import type { Act, Contract, Discount, Invoice, Line, Scenario } from './scenario';

const CYCLES = { 1: 'monthly', 3: 'quarterly', 12: 'annual' } as const;
const KINDS = {
  trial: 'trial',
  period: 'period',
  remaining_time: 'remaining',
  unused_time: 'credit',
  overage: 'overage',
  overage_correction: 'correction',
} as const satisfies Record<string, Line['kind']>;

/** The product's own invoices of a scenario, in the oracle's words. Throws what the engine throws. */
export function engineInvoicesOf(scenario: Scenario): Invoice[] {
  const { start, trialEnd, contract, balance, tax, until } = scenario;
  const { invoices } = runTimeline({
    start: {
      at: start,
      trialEnd,
      terms: termsOf(contract),
      discount: discountOf(scenario.discount, start, 0),
      balance,
      taxBasisPoints: tax,
    },
    acts: scenario.acts.flatMap((act, place) => actOf(act, place)),
    unitsIn: (meter, month) => unitsIn(scenario, meter, month),
    budgetOf: (meter, at) => budgetOf(scenario, meter, at),
    until,
  });
  return invoices.map(invoiceOf);
}

function termsOf({ cycle, plan, addOns, meters }: Contract): Terms {
  return {
    cycle: CYCLES[cycle],
    items: [
      { ...plan, key: `plan ${plan.key}`, kind: 'plan', quantity: 1 },
      ...addOns.map((addOn) => ({ ...addOn, key: `add-on ${addOn.key}`, kind: 'add_on' as const })),
    ],
    overage: Object.keys(meters)
      .sort()
      .flatMap((meter) => {
        const allowance = meters[meter];
        if (allowance === undefined) return [];
        const { limit, centsPerThousand } = allowance;
        return [{ meter, included: limit, centsPerThousand }];
      }),
  };
}

function discountOf(given: Discount | null, at: number, place: number): EngineDiscount | null {
  if (given === null) return null;
  const { percent, amount, duration, months } = given;
  const off = percent === null ? { amount: amount ?? 0 } : { basisPoints: percent };
  return {
    id: `discount ${place}`,
    off,
    duration,
    endsAt: months === null ? null : monthsAfter(at, months),
  };
}

function actOf(act: Act, place: number): EngineAct[] {
  const { at } = act;
  switch (act.do) {
    case 'change': {
      const when = act.when === 'now' ? 'now' : 'period_end';
      return [{ at, kind: 'change', when, terms: termsOf(act.to) }];
    }
    case 'cancel':
      return [{ at, kind: 'cancel', when: act.when === 'now' ? 'now' : 'period_end' }];
    case 'keep':
    case 'pause':
    case 'resume':
      return [{ at, kind: act.do }];
    case 'discount':
      return [{ at, kind: 'discount', discount: discountOf(act.discount, at, place + 1) }];
    case 'reading':
      // Before its month is closed there is nothing to correct; `unitsIn` tells it then.
      return [{ at, kind: 'recount', month: act.month, meter: act.meter, units: act.total }];
    case 'overage':
    case 'refund':
      return [];
  }
}

/** The total of a month as it was known when the span was over. */
function unitsIn(scenario: Scenario, meter: string, span: { start: number; end: number }): number {
  const known = scenario.acts.filter((act) => act.at < span.end);
  const readings = known.flatMap((act) =>
    act.do === 'reading' && act.meter === meter && act.month === span.start ? [act.total] : [],
  );
  return readings.at(-1) ?? 0;
}

function budgetOf(scenario: Scenario, meter: string, at: number): number | null | undefined {
  const settings = scenario.acts.flatMap((act) =>
    act.do === 'overage' && act.meter === meter && act.at <= at ? [act.setting] : [],
  );
  const setting = settings.at(-1) ?? scenario.overage[meter];
  return setting?.on ? setting.budget : undefined;
}

function invoiceOf(invoice: EngineInvoice): Invoice {
  const { at, reason, tax, total, fromBalance: balanceUsed, due } = invoice;
  const lines = invoice.lines.map((line) => {
    const { quantity, amount, discount, period } = line;
    const kind = KINDS[line.kind];
    const usage = kind === 'overage' || kind === 'correction';
    const key = usage ? `meter ${line.key}` : line.key;
    return { kind, key, quantity, amount, discount, from: period.start, to: period.end };
  });
  return { at, reason, lines, tax, total, balanceUsed, due };
}

import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type {
  BillingOverview,
  InvoiceDto,
  OverageDto,
  SubscriptionDto,
} from '@/lib/domains/billing';
import { PlanFacts } from './plan-facts';

const usd = (amount: number) => ({ amount, currency: 'usd' });
const renewal = { at: '2026-12-23T10:00:00.000Z', total: usd(19_900), parts: [] };
const dunning = {
  stage: 'retrying',
  since: '2026-11-23T10:00:00.000Z',
  read_only_at: '2026-12-07T10:00:00.000Z',
  suspended_at: '2026-12-21T10:00:00.000Z',
  owed: null,
};

interface World {
  subscription?: Partial<SubscriptionDto> | null;
  overview?: Partial<BillingOverview>;
  invoices?: Partial<InvoiceDto>[];
  charge?: number;
}

/** The facts as they are read, each "name: what it is". */
function facts({ subscription = {}, overview = {}, invoices = [], charge = 0 }: World): string[] {
  const running = {
    status: 'active',
    invoice_days: null,
    cancel_at: null,
    dunning: null,
    current_period_end: '2026-12-23T10:00:00.000Z',
    ...subscription,
  };
  const shown = renderToStaticMarkup(
    <PlanFacts
      overview={
        {
          rights: { source: 'subscription', valid_until: null },
          subscription: subscription && running,
          next_payment: renewal,
          ended_at: null,
          unpaid: null,
          ...overview,
        } as BillingOverview
      }
      invoices={invoices as InvoiceDto[]}
      overage={[{ meter: 'api_calls', active: true, charge: usd(charge) } as OverageDto]}
      base=""
    />,
  );
  return [...shown.matchAll(/<dt[^>]*>(.*?)<\/dt><dd[^>]*>(.*?)<\/dd>/g)].map(
    ([, label, words]) => `${label}: ${words?.replaceAll(/<[^>]*>/g, '')}`,
  );
}

const open = {
  id: 'inv_1',
  number: 'NZ-2026-000011',
  status: 'open',
  amount_due: usd(19_900),
  amount_paid: usd(4_900),
} as const;

describe('until when a plan runs and what is paid next', () => {
  it('is the renewal of what is paid', () => {
    expect(facts({})).toEqual([
      'Paid until: Dec 23, 2026',
      'Next payment: $199.00 on Dec 23, 2026',
    ]);
  });

  it('is what is overdue, and the period is not called paid', () => {
    for (const [status, stage] of [
      ['past_due', 'retrying'],
      ['unpaid', 'read_only'],
      ['unpaid', 'suspended'],
    ] as const) {
      const subscription = { status, dunning: { ...dunning, stage } } as Partial<SubscriptionDto>;
      const next_payment = status === 'unpaid' ? null : renewal;
      expect(facts({ subscription, overview: { next_payment }, invoices: [open] })).toEqual([
        'This period until: Dec 23, 2026',
        'Next payment: $150.00, overdue, for invoice NZ-2026-000011',
      ]);
    }
  });

  it('is what is overdue without an invoice yet, and what an ended one still owes', () => {
    const subscription = {
      status: 'past_due',
      dunning: { ...dunning, owed: usd(9_900) },
    } as Partial<SubscriptionDto>;
    expect(facts({ subscription })[1]).toBe('Next payment: $99.00, overdue');
    const overview = {
      next_payment: null,
      ended_at: '2026-10-16T08:00:00.000Z',
      unpaid: { id: 'inv_2', number: 'NZ-2026-000012', owed: usd(4_900), pay_url: '' },
    } as Partial<BillingOverview>;
    expect(facts({ subscription: null, overview })[1]).toBe(
      'Next payment: $49.00, overdue, for invoice NZ-2026-000012',
    );
  });

  it('is nothing before an end that waits, but for what is used beyond a limit', () => {
    const subscription = { cancel_at: '2026-12-23T10:00:00.000Z' };
    const overview = { next_payment: null };
    expect(facts({ subscription, overview })[1]).toBe(
      'Next payment: Nothing. It ends on Dec 23, 2026.',
    );
    expect(facts({ subscription, overview, charge: 250 })[1]).toBe(
      'Next payment: $2.50 so far, for API calls beyond the limit. It ends on Dec 23, 2026.',
    );
  });

  it('says when what ran last ended', () => {
    const overview = {
      next_payment: null,
      ended_at: '2026-10-16T08:00:00.000Z',
      rights: { source: 'none', valid_until: null },
    } as Partial<BillingOverview>;
    expect(facts({ subscription: null, overview })).toEqual([
      'Ended: Oct 16, 2026',
      'Next payment: Nothing',
    ]);
  });
});

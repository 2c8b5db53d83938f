import { describe, expect, it } from 'vitest';
import { momentOf, type Said } from './event-moment';
import type { SubscriptionRow } from './subscription-row';

const at = (day: string) => new Date(`${day}T12:00:00Z`);
const PERIOD = at('2026-01-20');

const row = (planVersion: number, more: Partial<SubscriptionRow> = {}) =>
  ({
    status: 'active',
    planId: 'professional',
    planVersion,
    billingCycle: 'monthly',
    addOns: [],
    discount: null,
    currentPeriodStart: PERIOD,
    updatedAt: at('2026-01-20'),
    ...more,
  }) as unknown as SubscriptionRow;

/** What the provider says, with an invoice for what remained of the period from `day` on. */
const said = (day: string) =>
  ({
    sub: { id: 'sub_1' },
    invoices: [
      {
        subscriptionProviderId: 'sub_1',
        lines: [{ kind: 'remaining_time', periodStart: at(day) }],
      },
    ],
  }) as unknown as Said;

describe('when an overdue subscription went on', () => {
  const overdue = row(1, { status: 'past_due', pastDueSince: at('2026-02-20') });
  const paid = (...days: string[]) =>
    ({
      sub: { id: 'sub_1', moments: {} },
      invoices: days.map((day) => ({ subscriptionProviderId: 'sub_1', paidAt: at(day) })),
    }) as unknown as Said;

  it('is when it was paid', () => {
    expect(momentOf(overdue, row(1), paid('2026-02-25', '2026-01-20'))).toEqual(at('2026-02-25'));
  });

  it('isn’t told by payments of before, where the invoice was voided', () => {
    expect(momentOf(overdue, row(1), paid('2026-01-20'))).toBeNull();
  });
});

describe('when other terms began', () => {
  it('is when what remained of the period was charged by them', () => {
    expect(momentOf(row(1), row(2), said('2026-01-31'))).toEqual(at('2026-01-31'));
  });

  it('isn’t told by the lines of an earlier change, where this one cost the same', () => {
    const changedBefore = row(1, { updatedAt: at('2026-02-10') });
    expect(momentOf(changedBefore, row(2), said('2026-01-31'))).toBeNull();
  });

  it('is the beginning of the period that came with them', () => {
    const renewed = row(2, { currentPeriodStart: at('2026-02-20') });
    const before = row(1, { updatedAt: at('2026-02-10') });
    expect(momentOf(before, renewed, said('2026-01-31'))).toEqual(at('2026-02-20'));
  });
});

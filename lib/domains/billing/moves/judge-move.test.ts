import { describe, expect, it } from 'vitest';
import type { PlanVersion } from '@/lib/domains/entitlements';
import type { SubscriptionRow } from '../to-dto';
import { judgeMove, type Moving } from './judge-move';

const at = (day: string) => new Date(`${day}T12:00:00Z`);
const HOUR = 3_600_000;
const PERIOD_END = at('2026-03-10');

const terms = { planId: 'professional', planVersion: 1, addOns: [] };
const waiting = (billingCycle: string, version: number) => ({
  nextPlanId: 'professional',
  nextPlanVersion: version,
  nextCycle: billingCycle,
  nextAddOns: [],
});

/** A subscription of the first version, by the month; `more` in the place of its columns. */
const subscription = (more: Partial<SubscriptionRow> = {}) =>
  ({
    ...terms,
    billingCycle: 'monthly',
    wishPlanId: 'professional',
    wishPlanVersion: 1,
    wishCycle: 'monthly',
    wishAddOns: [],
    nextPlanId: null,
    nextPlanVersion: null,
    nextCycle: null,
    nextAddOns: [],
    wishEnd: 'none',
    wishPaused: false,
    wishDiscount: null,
    discount: null,
    providerNext: null,
    cancelAt: null,
    gateway: 'stripe',
    status: 'active',
    providerStatus: 'active',
    providerId: 'sub_1',
    pushedRevision: 1,
    wishRevision: 1,
    trialEndsAt: null,
    currentPeriodEnd: PERIOD_END,
    ...more,
  }) as unknown as SubscriptionRow;

const moving = (more: Partial<Moving> = {}): Moving => ({
  planId: 'professional',
  fromVersion: 1,
  toVersion: 2,
  moment: 'renewal',
  noticeDays: 14,
  state: 'queued',
  withdrawn: false,
  asks: 0,
  effectiveAt: null,
  ...more,
});

const to = { prices: { monthly: 200, quarterly: 500, annual: 2_000 } } as unknown as PlanVersion;
const judge = (row: SubscriptionRow, move: Moving, now: Date) =>
  judgeMove(row, move, { to, rises: true }, now);

describe('the day that is told', () => {
  it('is the first renewal that leaves the days of notice', () => {
    expect(judge(subscription(), moving(), at('2026-02-20'))).toEqual({
      do: 'announce',
      effectiveAt: PERIOD_END,
    });
    expect(judge(subscription(), moving(), at('2026-03-01'))).toEqual({
      do: 'announce',
      effectiveAt: at('2026-04-10'),
    });
  });

  it('is reckoned by the cycle that waits, for by that one the next period runs', () => {
    const changing = { ...waiting('annual', 1) };
    const row = subscription({
      ...changing,
      providerNext: { ...terms, billingCycle: 'annual' },
    });
    expect(judge(row, moving(), at('2026-03-01'))).toEqual({
      do: 'announce',
      effectiveAt: at('2027-03-10'),
    });
  });

  it('is none while a renewal that is over isn’t known here, which is looked for once an hour', () => {
    const now = at('2026-03-12');
    const again = { do: 'wait', until: new Date(now.getTime() + HOUR) };
    expect(judge(subscription(), moving(), now)).toEqual(again);
    const told = moving({ state: 'noticed', effectiveAt: at('2026-04-10') });
    expect(judge(subscription(), told, now)).toEqual(again);
  });
});

describe('a change that the customer waits for', () => {
  const told = moving({ state: 'asked', asks: 1, effectiveAt: PERIOD_END });
  const waitFor = (version: number) =>
    subscription({
      ...waiting('annual', version),
      providerNext: { ...terms, planVersion: version, billingCycle: 'annual' },
    });

  it('gets the version of the move where it is of the one before', () => {
    expect(judge(waitFor(1), told, at('2026-02-20'))).toMatchObject({
      do: 'ask',
      wish: { next: { planVersion: 2, billingCycle: 'annual' } },
    });
  });

  it('is left alone where it is of a version that was put on sale since', () => {
    expect(judge(waitFor(3), told, at('2026-02-20'))).toEqual({
      do: 'close',
      state: 'left_out',
      reason: 'changing',
    });
  });
});

describe('a move that was taken back', () => {
  const withdrawn = moving({ state: 'asked', asks: 1, effectiveAt: PERIOD_END, withdrawn: true });
  const now = at('2026-02-20');

  it('takes the wish away', () => {
    const row = subscription({ ...waiting('monthly', 2) });
    expect(judge(row, withdrawn, now)).toMatchObject({ do: 'withdraw', wish: { next: null } });
  });

  it('waits while the subscription lets nothing be withdrawn', () => {
    const row = subscription({ ...waiting('monthly', 2), status: 'past_due' });
    expect(judge(row, withdrawn, now)).toMatchObject({ do: 'wait' });
  });

  it('is over with the subscription', () => {
    const row = subscription({ ...waiting('monthly', 2), status: 'cancelled' });
    expect(judge(row, withdrawn, now)).toEqual({ do: 'close', state: 'cancelled' });
  });
});

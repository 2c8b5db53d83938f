import { describe, expect, it } from 'vitest';
import type { BillingOverview, SubscriptionDto } from '@/lib/domains/billing';
import { statusWords } from './status-words';

function wordFor(
  subscription: Partial<SubscriptionDto> | null,
  rights: Partial<BillingOverview['rights']> = { source: 'subscription', valid_until: null },
): string {
  const base = { invoice_days: null, cancel_at: null };
  return statusWords({
    rights,
    subscription: subscription && { ...base, ...subscription },
  } as BillingOverview).word;
}

describe('the word for the state of a plan', () => {
  const cancel_at = '2026-12-06T10:00:00.000Z';

  it('says of what is cancelled that it ends, in a trial as well', () => {
    expect(wordFor({ status: 'active' })).toBe('Active');
    expect(wordFor({ status: 'active', cancel_at })).toBe('Ends soon');
    expect(wordFor({ status: 'trialing' })).toBe('Trial');
    expect(wordFor({ status: 'trialing', cancel_at })).toBe('Ends soon');
  });

  it('says of what is overdue why, cancelled or not', () => {
    expect(wordFor({ status: 'past_due', cancel_at })).toBe('Payment failed');
    expect(wordFor({ status: 'past_due', invoice_days: 30 })).toBe('Invoice overdue');
    expect(wordFor({ status: 'unpaid' })).toBe('Unpaid');
  });

  it('tells a trial from its end and from the end of a subscription', () => {
    expect(wordFor(null, { source: 'trial', valid_until: cancel_at })).toBe('Trial');
    expect(wordFor(null, { source: 'none', valid_until: cancel_at })).toBe('Trial over');
    expect(wordFor(null, { source: 'none', valid_until: null })).toBe('Ended');
  });
});

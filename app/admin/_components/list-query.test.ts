import { describe, expect, it } from 'vitest';
import { adminDiscountQuery } from '@/lib/domains/operator/discounts/schemas';
import { adminSubscriptionQuery } from '@/lib/domains/operator/schemas';
import { listQueryOf } from './list-query';

describe('what an address asks of a list', () => {
  it('is what it says, the search by its short name', () => {
    expect(listQueryOf(adminDiscountQuery, { q: ' acme ', status: 'approved' })).toEqual({
      limit: 50,
      search: 'acme',
      status: 'approved',
    });
  });

  it('goes on without a filter that there isn’t, and with all others', () => {
    expect(
      listQueryOf(adminSubscriptionQuery, { q: 'acme', status: 'gone', gateway: 'paypal' }),
    ).toEqual({ limit: 50, search: 'acme', gateway: 'paypal' });
    expect(
      listQueryOf(adminSubscriptionQuery, { status: ['active', 'gone'], gateway: 'paypal' }),
    ).toEqual({ limit: 50, gateway: 'paypal' });
  });

  it('is nothing by names it doesn’t know, nor how far to go on', () => {
    expect(
      listQueryOf(adminDiscountQuery, { colour: 'red', limit: '7', cursor: 'x', q: '' }),
    ).toEqual({ limit: 50 });
  });
});

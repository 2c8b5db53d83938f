import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { InvoiceDto, SubscriptionDto } from '@/lib/domains/billing';
import { OverduePayment } from './overdue-payment';

const usd = (amount: number) => ({ amount, currency: 'usd' });

function shown(status: 'past_due' | 'unpaid', stage: 'retrying' | 'read_only' | 'suspended') {
  const subscription = {
    id: 'sub_1',
    status,
    invoice_days: null,
    dunning: {
      stage,
      since: '2026-11-23T10:00:00.000Z',
      read_only_at: '2026-12-07T10:00:00.000Z',
      suspended_at: '2026-12-21T10:00:00.000Z',
      owed: null,
    },
  } as SubscriptionDto;
  const invoice = {
    number: 'NZ-2026-000011',
    status: 'open',
    hosted_url: 'http://pay.example/',
    amount_due: usd(19_900),
    amount_paid: usd(0),
  } as InvoiceDto;
  return renderToStaticMarkup(
    <OverduePayment subscription={subscription} invoices={[invoice]} mayPay />,
  ).replaceAll(/<[^>]*>/g, '');
}

describe('the notice of what is overdue', () => {
  it('promises another attempt only while there is one', () => {
    expect(shown('past_due', 'retrying')).toContain('charged again by itself');
    expect(shown('past_due', 'retrying')).toContain('can only be read from Dec 7, 2026');
    expect(shown('past_due', 'read_only')).toContain('charged again by itself');
    expect(shown('unpaid', 'read_only')).toContain('isn’t tried again');
    expect(shown('unpaid', 'read_only')).not.toContain('by itself');
  });

  it('says of what is suspended that one payment lifts it', () => {
    expect(shown('unpaid', 'suspended')).toContain('One payment lifts that at once');
    expect(shown('unpaid', 'suspended')).not.toContain('tried again');
  });
});

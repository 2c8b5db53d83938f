import { describe, expect, it } from 'vitest';
import { money } from '@/lib/kernel/money';
import { plainBrand as brand } from '@/lib/testing/paper-world';
import type { InvoiceDto } from '../schemas';
import { invoicePaper } from './invoice-paper';

const usd = (amount: number) => money(amount, 'usd');
const party = { name: 'Acme', address: ['1 Main Street'], tax_ids: ['DE123'], email: null };

const invoice: InvoiceDto = {
  id: 'inv_1',
  number: 'NZ-2026-000123',
  gateway: 'stripe',
  provider_number: null,
  status: 'paid',
  seller: null,
  buyer: null,
  subscription_id: null,
  subtotal: usd(19_900),
  discount: usd(0),
  tax: usd(0),
  total: usd(19_900),
  balance_applied: usd(0),
  amount_paid: usd(19_900),
  amount_due: usd(19_900),
  lines: [
    {
      kind: 'overage',
      item: 'api_calls',
      description: 'API calls',
      quantity: 15_000,
      unit_amount_decimal: '0.04',
      amount: usd(600),
      discount: usd(60),
      tax: usd(0),
      period: { start: '2026-10-01T00:00:00.000Z', end: '2026-11-01T00:00:00.000Z' },
      proration: false,
    },
  ],
  period_start: null,
  period_end: null,
  issued_at: '2026-11-25T23:59:59.000Z',
  due_at: null,
  paid_at: '2026-11-26T00:00:01.000Z',
  hosted_url: null,
};

const paper = (parts: Partial<InvoiceDto>) =>
  invoicePaper({ ...invoice, ...parts }, 'a4', brand, { seller: party, buyer: party });
const sums = (parts: Partial<InvoiceDto>) =>
  paper(parts).sums.map(({ label, value }) => `${label}: ${value}`);

describe('what an invoice says on paper', () => {
  it('of a paid one', () => {
    expect(paper({}).headline).toBe('$199.00 paid on Nov 26, 2026');
    expect(sums({})).toEqual([
      'Subtotal: $199.00',
      'Total: $199.00',
      'Amount paid: −$199.00',
      'Amount due: $0.00',
    ]);
  });

  it('of tax that the provider doesn’t charge, and why', () => {
    const notes = (tax_treatment: 'reverse_charge' | 'exempt' | null) =>
      invoicePaper(invoice, 'a4', brand, { seller: party, buyer: { ...party, tax_treatment } })
        .notes;
    expect(notes('reverse_charge')).toContain('Reverse charge: the customer accounts for the tax.');
    expect(notes('exempt')).toContain('The customer is exempt from tax.');
    expect(notes(null)).toEqual(paper({}).notes);
  });

  it('of one that is open, discounted, taxed, and partly covered by credit and a credit note', () => {
    const parts: Partial<InvoiceDto> = {
      status: 'open',
      discount: usd(1_900),
      tax: usd(3_420),
      total: usd(21_420),
      balance_applied: usd(1_000),
      amount_due: usd(20_000),
      amount_paid: usd(0),
      due_at: '2026-12-09T00:00:00.000Z',
    };
    expect(paper(parts).headline).toBe('$200.00 due Dec 9, 2026');
    expect(sums(parts)).toEqual([
      'Subtotal: $199.00',
      'Discount: −$19.00',
      'Tax: $34.20',
      'Total: $214.20',
      'Credit applied: −$10.00',
      'Credit notes: −$4.20',
      'Amount due: $200.00',
    ]);
  });

  it('of one that gives credit', () => {
    const parts: Partial<InvoiceDto> = {
      subtotal: usd(-5_000),
      total: usd(-5_000),
      balance_applied: usd(-5_000),
      amount_paid: usd(0),
      amount_due: usd(0),
    };
    expect(paper(parts).headline).toBe('$50.00 added to your credit');
    expect(sums(parts)).toEqual([
      'Subtotal: −$50.00',
      'Total: −$50.00',
      'Added to your credit: $50.00',
      'Amount due: $0.00',
    ]);
  });

  it('of a trial’s, a void one, and one that was not collected', () => {
    const free = { subtotal: usd(0), total: usd(0), amount_paid: usd(0), amount_due: usd(0) };
    expect(paper(free).headline).toBe('$0.00, nothing to be paid');
    const unpaid = { amount_paid: usd(0), paid_at: null };
    expect(paper({ ...unpaid, status: 'void' }).headline).toBe('Void: nothing is to be paid');
    expect(sums({ ...unpaid, status: 'void' }).at(-1)).toBe('Amount due: $0.00');
    expect(paper({ ...unpaid, status: 'uncollectible' }).headline).toBe('$199.00, not collected');
  });

  it('of a line: its period, its discount, parts of a cent; no price for a part of a period', () => {
    const [row] = paper({}).rows;
    expect(row).toEqual({
      texts: ['API calls', 'Oct 1, 2026 – Nov 1, 2026 · Discount −$0.60'],
      quantity: '15,000',
      unit: '$0.0004',
      amount: '$6.00',
    });
    const [line] = invoice.lines;
    if (!line) throw new Error('no line');
    const part = { ...line, proration: true, quantity: 1 };
    expect(paper({ lines: [part] }).rows[0]).toMatchObject({ unit: '', quantity: '1' });
  });

  it('in yen, which has no cents', () => {
    const yen = money(-1_200, 'jpy');
    expect(sums({ total: yen })[1]).toBe('Total: −¥1,200');
  });
});

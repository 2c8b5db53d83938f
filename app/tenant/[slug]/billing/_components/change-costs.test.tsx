import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ChangePreview } from '@/lib/domains/billing/schemas';
import { ChangeCosts } from './change-costs';

type Cents = { amount: number; discount?: number; tax?: number };

const usd = (amount: number) => ({ amount, currency: 'usd' });

const previewOf = (lines: Cents[], due: number): ChangePreview => ({
  lines: lines.map(({ amount, discount = 0, tax = 0 }, index) => ({
    kind: amount < 0 ? 'unused_time' : 'period',
    item: 'starter',
    description: `Line ${index}`,
    quantity: 1,
    unit_amount_decimal: null,
    amount: usd(amount),
    discount: usd(discount),
    tax: usd(tax),
    period: { start: '2026-11-01T00:00:00.000Z', end: '2026-12-01T00:00:00.000Z' },
    proration: amount < 0,
  })),
  due_now: usd(due),
  next_invoice: null,
});

/** The rows as they are read: "Tax +$1.00". */
const shown = (preview: ChangePreview) =>
  [
    ...renderToStaticMarkup(<ChangeCosts preview={preview} />).matchAll(
      /<dt[^>]*>(.*?)<\/dt><dd>(.*?)<\/dd>/g,
    ),
  ].map(([, label, amount]) => `${label} ${amount?.replaceAll(/<[^>]*>/g, '')}`);

describe('what a change costs', () => {
  it('says what becomes of a credit that is larger than the charge', () => {
    expect(shown(previewOf([{ amount: -49_000 }, { amount: 4_900 }], 0))).toEqual([
      'Line 0 −$490.00',
      'Line 1 +$49.00',
      'Kept as credit for later invoices +$441.00',
      'Charged now $0.00',
    ]);
  });

  it('says what credit from before pays', () => {
    expect(shown(previewOf([{ amount: 19_900 }], 4_900))).toEqual([
      'Line 0 +$199.00',
      'Paid from your credit −$150.00',
      'Charged now $49.00',
    ]);
  });

  it('adds up with discount and tax, and has no row for what there is none of', () => {
    expect(shown(previewOf([{ amount: 10_000, discount: 2_000, tax: 1_520 }], 9_520))).toEqual([
      'Line 0 +$100.00',
      'Discount −$20.00',
      'Tax +$15.20',
      'Charged now $95.20',
    ]);
    expect(shown(previewOf([{ amount: 4_900 }], 4_900))).toEqual([
      'Line 0 +$49.00',
      'Charged now $49.00',
    ]);
  });
});

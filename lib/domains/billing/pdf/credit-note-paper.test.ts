import { describe, expect, it } from 'vitest';
import { money } from '@/lib/kernel/money';
import { plainBrand as brand } from '@/lib/testing/paper-world';
import type { CreditNoteDto } from '../refunds/schemas';
import { creditNotePaper } from './credit-note-paper';

const usd = (amount: number) => money(amount, 'usd');
const party = { name: 'Acme', address: ['1 Main Street'], tax_ids: [], email: null };
const note: CreditNoteDto = {
  id: 'crn_1',
  number: 'NZC-2026-000007',
  invoice_id: 'inv_1',
  refund_id: 'rfd_1',
  status: 'issued',
  amount: usd(11_900),
  tax: usd(1_900),
  lines: [
    { position: 0, description: 'Plan', amount: usd(12_500) },
    { position: 2, description: 'Unused time', amount: usd(-2_500) },
  ],
  reason: 'Charged by mistake',
  issued_at: '2026-11-25T10:00:00.000Z',
};
const set = (parts: Partial<CreditNoteDto> = {}) =>
  creditNotePaper({ ...note, ...parts }, 'NZ-2026-000123', 'a4', brand, {
    seller: party,
    buyer: party,
  });

describe('a credit note as it is set', () => {
  it('names its invoice, each line’s share, the tax and what it comes to', () => {
    const paper = set();
    expect(paper).toMatchObject({
      title: 'Credit note',
      number: 'NZC-2026-000007',
      headline: '$119.00 paid back',
      facts: [
        ['Status', 'Issued'],
        ['Date of issue', 'Nov 25, 2026'],
        ['Of invoice', 'NZ-2026-000123'],
      ],
    });
    expect(paper.rows.map(({ texts, amount }) => [...texts, amount])).toEqual([
      ['Plan', 'Line 1 of the invoice', '$125.00'],
      ['Unused time', 'Line 3 of the invoice', '−$25.00'],
    ]);
    expect(paper.sums.map(({ label, value }) => [label, value])).toEqual([
      ['Subtotal', '$100.00'],
      ['Tax', '$19.00'],
      ['Total paid back', '$119.00'],
    ]);
    expect(paper.notes[0]).toBe('Reason: Charged by mistake');
  });

  it('says that it is void, and leaves out a tax of nothing', () => {
    const paper = set({ status: 'void', tax: usd(0) });
    expect(paper.headline).toBe('Void: the bank sent the money back');
    expect(paper.facts[0]).toEqual(['Status', 'Void']);
    expect(paper.sums.map(({ label }) => label)).toEqual(['Subtotal', 'Total paid back']);
  });
});

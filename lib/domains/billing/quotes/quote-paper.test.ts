import { describe, expect, it } from 'vitest';
import { plainBrand as brand } from '@/lib/testing/paper-world';
import { quoted } from '@/lib/testing/quote-world';
import { quotePaper } from './quote-paper';
import type { QuoteDto, SentQuote } from './schemas';

const party = { name: 'Acme', address: ['1 Main Street'], tax_ids: ['DE123'], email: null };

const { price, currency, overage: _, ...content } = quoted({ valid_until: '2026-12-31' });
const sent: SentQuote = {
  ...content,
  overage: { api_calls: { amount: 8, currency } },
  revision: 2,
  plan_id: 'institutional',
  plan_version: 7,
  price: { amount: price, currency },
  sent_at: '2026-11-25T23:59:59.000Z',
};
const quote: QuoteDto = {
  id: 'quo_1',
  number: 'NQ-2026-000012',
  status: 'sent',
  request: null,
  requested_at: null,
  sent,
  decided_at: null,
  reason: null,
  subscription_id: null,
  created_at: '2026-11-20T00:00:00.000Z',
};
const paper = (parts: Partial<QuoteDto> = {}, said: Partial<SentQuote> = {}) =>
  quotePaper({ ...quote, ...parts }, { ...sent, ...said }, 'Institutional', 'a4', brand, {
    seller: party,
    buyer: party,
  });

describe('what a quote says on paper', () => {
  it('of an open one: price, until when, limits, features, terms', () => {
    const open = paper();
    expect(open).toMatchObject({
      title: 'Quote',
      number: 'NQ-2026-000012',
      headline: '$24,000.00 annually, open until Dec 31, 2026',
    });
    expect(open.facts).toEqual([
      ['Status', 'Open'],
      ['Revision', '2'],
      ['Date', 'Nov 25, 2026'],
      ['Open until', 'Dec 31, 2026'],
      ['Payment', 'By invoice, due 30 days after its date'],
    ]);
    const [row] = open.rows;
    expect(row).toMatchObject({ amount: '$24,000.00', unit: '$24,000.00', quantity: '1' });
    expect(row?.texts.join('\n')).toContain('Members: 80');
    expect(row?.texts.join('\n')).toContain('Storage, GB: 500');
    expect(row?.texts.join('\n')).toContain('API keys: unlimited');
    expect(open.sections).toEqual([
      { heading: 'Features', paragraphs: [expect.stringContaining('Back-testing')] },
      { heading: 'Terms', paragraphs: ['Service level 99.9 %.', 'Notice: three months.'] },
    ]);
  });

  it.each([
    ['accepted', '$24,000.00 annually, accepted on Dec 1, 2026'],
    ['declined', '$24,000.00 annually, declined on Dec 1, 2026'],
    ['withdrawn', '$24,000.00 annually, withdrawn on Dec 1, 2026'],
    ['expired', '$24,000.00 annually, open until Dec 31, 2026'],
  ] as const)('of one that was %s', (status, headline) => {
    expect(paper({ status, decided_at: '2026-12-01T10:00:00.000Z' })).toMatchObject({ headline });
  });

  it('leaves out planned features and empty lines of terms', () => {
    const one = paper({}, { features: ['support_sla', 'api_read'], terms: '\n\n' });
    expect(one.sections).toEqual([{ heading: 'Features', paragraphs: ['API access, read-only'] }]);
  });
});

import { limitNames } from '@/lib/domains/entitlements';
import type { LimitName } from '@/lib/domains/entitlements/schemas';
import { featureCatalogue, isAvailable } from '@/lib/domains/entitlements/schemas';
import { partyOnPaper } from '../pdf/invoice-paper';
import type { Paper, PaperBrand, PaperSize } from '../pdf/paper';
import { writeCount, writeDay, writeMoney } from '../pdf/paper-words';
import type { Party } from '../invoice-parties';
import type { QuoteDto, SentQuote } from './schemas';

const cycles = { monthly: 'monthly', quarterly: 'quarterly', annual: 'annually' } as const;

const limitWords: Record<LimitName, string> = {
  strategies: 'Strategies',
  backtests_per_month: 'Back-tests a month',
  members: 'Members',
  api_calls_per_month: 'API calls a month',
  api_keys: 'API keys',
  storage_bytes: 'Storage, GB',
  requests_per_second: 'Requests a second',
  burst: 'Requests in a burst',
};

function limitText(name: LimitName, limit: number | null): string {
  if (limit === null) return 'unlimited';
  return writeCount(name === 'storage_bytes' ? limit / 1_000_000_000 : limit);
}

const stateWords: Partial<Record<QuoteDto['status'], string>> = {
  sent: 'Open',
  accepted: 'Accepted',
  declined: 'Declined',
  expired: 'Run out',
  withdrawn: 'Withdrawn',
};

function headlineOf(quote: QuoteDto, sent: SentQuote): string {
  const amount = writeMoney(sent.price.amount, sent.price.currency);
  const price = `${amount} ${cycles[sent.billing_cycle]}`;
  const decided = quote.decided_at ? ` on ${writeDay(quote.decided_at)}` : '';
  const until = writeDay(`${sent.valid_until}T00:00:00Z`);
  switch (quote.status) {
    case 'accepted':
      return `${price}, accepted${decided}`;
    case 'declined':
    case 'withdrawn':
      return `${price}, ${quote.status}${decided}`;
    default:
      return `${price}, open until ${until}`;
  }
}

/** A quote as it is set on paper: price, what it gives, terms. */
export function quotePaper(
  quote: QuoteDto,
  sent: SentQuote,
  plan: string,
  size: PaperSize,
  brand: PaperBrand,
  parties: { seller: Party; buyer: Party },
): Paper {
  const price = writeMoney(sent.price.amount, sent.price.currency);
  const terms = sent.terms.split(/\n+/).filter((line) => line.trim() !== '');
  const features = sent.features.filter(isAvailable).map((one) => featureCatalogue[one].label);
  const limits = limitNames.map(
    (name) => `${limitWords[name]}: ${limitText(name, sent.limits[name])}`,
  );
  const { api_calls: beyond } = sent.overage;
  const overage = beyond
    ? [
        `API calls beyond the limit: ${writeMoney(beyond.amount, beyond.currency)} for a thousand, once switched on`,
      ]
    : [];
  return {
    size,
    brand,
    title: 'Quote',
    number: quote.number,
    issuedAt: sent.sent_at,
    facts: [
      ['Status', stateWords[quote.status] ?? 'Being written'],
      ['Revision', String(sent.revision)],
      ['Date', writeDay(sent.sent_at)],
      ['Open until', writeDay(`${sent.valid_until}T00:00:00Z`)],
      ['Payment', `By invoice, due ${sent.net_days} days after its date`],
    ],
    parties: [partyOnPaper('From', parties.seller), partyOnPaper('For', parties.buyer)],
    headline: headlineOf(quote, sent),
    rows: [
      {
        texts: [`NeoZork ${plan}, billed ${cycles[sent.billing_cycle]}`, ...limits, ...overage],
        quantity: '1',
        unit: price,
        amount: price,
      },
    ],
    sums: [{ label: 'Each billing cycle, before tax', value: price, strong: true }],
    sections: [
      ...(features.length > 0 ? [{ heading: 'Features', paragraphs: [features.join(' · ')] }] : []),
      ...(terms.length > 0 ? [{ heading: 'Terms', paragraphs: terms }] : []),
    ],
    notes: [
      'Prices are before tax. Days are UTC; the last day counts to its end. An owner accepts on the quote’s page.',
    ],
  };
}

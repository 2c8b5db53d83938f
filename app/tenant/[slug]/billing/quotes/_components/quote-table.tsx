import { cycleWords } from '@/components/marketing/plan-words';
import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { DateTime, Money } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import type { QuoteDto } from '@/lib/domains/billing';
import { dayStart, quoteStates } from './quote-words';

function columnsOf(base: string): readonly PlainColumn<QuoteDto>[] {
  return [
    {
      id: 'number',
      header: 'Number',
      cell: ({ id, number }) => (
        <TextLink className="figures whitespace-nowrap" href={`${base}/billing/quotes/${id}`}>
          {number}
        </TextLink>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      inCard: 'end',
      cell: ({ status }) => (
        <Status tone={quoteStates[status].tone}>{quoteStates[status].word}</Status>
      ),
    },
    {
      id: 'price',
      header: 'Price',
      figures: true,
      inCard: 'lead',
      cell: ({ sent }) => (
        <>
          <Money value={sent?.price ?? null} />{' '}
          {sent ? <span className="text-muted">{cycleWords[sent.billing_cycle]}</span> : null}
        </>
      ),
    },
    {
      id: 'open_until',
      header: 'Open until',
      inCard: 'start',
      cell: ({ sent }) => (
        <DateTime value={sent ? dayStart(sent.valid_until) : null} style="date" />
      ),
    },
  ];
}

/** A tenant's quotes, as it knows them. */
export function QuoteTable({ quotes, base }: { quotes: readonly QuoteDto[]; base: string }) {
  return (
    <PlainTable label="Quotes" columns={columnsOf(base)} rows={quotes} rowKey={({ id }) => id} />
  );
}

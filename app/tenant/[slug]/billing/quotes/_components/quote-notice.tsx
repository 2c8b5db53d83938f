import { Callout } from '@/components/ui/callout';
import { DateTime, Money } from '@/components/ui/figures';
import { LinkButton } from '@/components/ui/link-button';
import { cycleWords } from '@/components/marketing/plan-words';
import type { QuoteDto } from '@/lib/domains/billing';
import { dayStart } from './quote-words';

/** On the billing page: the quote that waits for an answer, or is being written. */
export function QuoteNotice({ quotes, base }: { quotes: readonly QuoteDto[]; base: string }) {
  const open = quotes.find(({ status }) => status === 'sent' || status === 'requested');
  if (!open) return null;
  const href = `${base}/billing/quotes/${open.id}`;
  if (!open.sent || open.status === 'requested') {
    return (
      <Callout
        title={`Your quote ${open.number} is being written`}
        actions={
          <LinkButton variant="secondary" size="sm" href={href}>
            See your request
          </LinkButton>
        }
      >
        You get a mail as soon as it is ready.
      </Callout>
    );
  }
  return (
    <Callout
      title={
        <>
          Quote {open.number}: <Money value={open.sent.price} />{' '}
          {cycleWords[open.sent.billing_cycle]}
        </>
      }
      actions={
        <LinkButton size="sm" href={href}>
          Read and answer
        </LinkButton>
      }
    >
      Open until the end of <DateTime value={dayStart(open.sent.valid_until)} style="date" />, UTC.
    </Callout>
  );
}

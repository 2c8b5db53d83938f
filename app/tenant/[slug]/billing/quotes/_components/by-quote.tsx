import { LinkButton } from '@/components/ui/link-button';
import { TextLink } from '@/components/ui/text-link';
import type { QuoteDto } from '@/lib/domains/billing';
import { RequestQuoteDialog } from './request-quote-dialog';

/** The way to a plan that is priced by quote: ask for one, or read the one that is there. */
export function ByQuote({
  quotes,
  base,
  mayPay,
}: {
  quotes: readonly QuoteDto[];
  base: string;
  mayPay: boolean;
}) {
  const open = quotes.find(({ status }) => status === 'sent' || status === 'requested');
  if (open) {
    return (
      <LinkButton variant="secondary" className="w-full" href={`${base}/billing/quotes/${open.id}`}>
        {open.status === 'sent' ? 'Read your quote' : 'See your request'}
      </LinkButton>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      {mayPay ? (
        <RequestQuoteDialog planName="Institutional" />
      ) : (
        <p className="text-sm text-muted">Owners and admins can ask for a quote.</p>
      )}
      {quotes.length > 0 ? (
        <p className="text-sm">
          <TextLink href={`${base}/billing/quotes`}>Earlier quotes</TextLink>
        </p>
      ) : null}
    </div>
  );
}

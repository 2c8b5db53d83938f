import { Callout } from '@/components/ui/callout';
import { buttonStyle } from '@/components/ui/button-style';
import { DateTime, Money } from '@/components/ui/figures';
import type { InvoiceDto, SubscriptionDto } from '@/lib/domains/billing';

/** What the notice across the page leads to: the invoice that is overdue, and the page that takes its payment. */
export function OverduePayment({
  subscription,
  invoices,
  mayPay,
}: {
  subscription: SubscriptionDto;
  /** The latest ones. */
  invoices: readonly InvoiceDto[];
  mayPay: boolean;
}) {
  const { dunning } = subscription;
  const invoice = invoices.find(({ status, hosted_url }) => status === 'open' && hosted_url);
  if (!dunning || !invoice?.hosted_url) return null;
  const { amount_due, amount_paid, number, hosted_url } = invoice;
  const owed = { ...amount_due, amount: amount_due.amount - amount_paid.amount };
  const again = subscription.invoice_days === null;
  return (
    <Callout
      tone={dunning.stage === 'retrying' ? 'warning' : 'negative'}
      title={
        <>
          <Money value={owed} /> of invoice <span className="figures">{number}</span> is overdue
        </>
      }
      actions={
        mayPay ? (
          <a href={hosted_url} className={buttonStyle('primary', 'sm')}>
            Pay <Money value={owed} />
          </a>
        ) : null
      }
    >
      {dunning.stage === 'suspended' ? (
        <>Nothing else can be used until it is paid. One payment lifts that at once.</>
      ) : (
        <>
          {again
            ? 'The card is charged again by itself, or pay now with this one or another: it is kept for what comes next. '
            : ''}
          Unpaid, everything can only be read from{' '}
          <DateTime value={dunning.read_only_at} style="date" /> and is suspended from{' '}
          <DateTime value={dunning.suspended_at} style="date" />.
        </>
      )}
    </Callout>
  );
}

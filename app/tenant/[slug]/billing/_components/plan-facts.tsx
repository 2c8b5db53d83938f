import { TimeLeft } from '@/components/billing/time-left';
import { DateTime, Money } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import type { BillingOverview, InvoiceDto, OverageDto } from '@/lib/domains/billing';
import { Fact } from './fact';

interface PlanFactsProps {
  overview: BillingOverview;
  overage: readonly OverageDto[];
  /** The latest ones. */
  invoices: readonly InvoiceDto[];
  base: string;
}

/** What is overdue comes before anything that renews. */
function Overdue({ invoices, base }: Pick<PlanFactsProps, 'invoices' | 'base'>) {
  const invoice = invoices.find(({ status }) => status === 'open');
  if (!invoice) return <>The overdue payment</>;
  const { amount_due, amount_paid, id, number } = invoice;
  return (
    <>
      <Money value={{ ...amount_due, amount: amount_due.amount - amount_paid.amount }} />, overdue,
      for invoice <TextLink href={`${base}/billing/invoices/${id}`}>{number}</TextLink>
    </>
  );
}

/** At the end only what was used beyond a limit is still charged. */
function LastPayment({ end, overage }: { end: string } & Pick<PlanFactsProps, 'overage'>) {
  const owed = overage.find(({ active, charge }) => active && charge.amount > 0);
  return (
    <>
      {owed ? (
        <>
          <Money value={owed.charge} /> so far, for API calls beyond the limit.{' '}
        </>
      ) : (
        <>Nothing. </>
      )}
      It ends on <DateTime value={end} style="date" />.
    </>
  );
}

function NextPayment({ overview, overage, invoices, base }: PlanFactsProps) {
  const { subscription, next_payment, rights } = overview;
  if (subscription?.dunning) return <Overdue invoices={invoices} base={base} />;
  if (subscription?.status === 'paused') return <>Nothing while it is paused</>;
  if (subscription?.cancel_at)
    return <LastPayment end={subscription.cancel_at} overage={overage} />;
  if (next_payment) {
    return (
      <>
        <Money value={next_payment.total} /> on <DateTime value={next_payment.at} style="date" />
      </>
    );
  }
  if (rights.source === 'trial') return <>Nothing until you choose a plan</>;
  if (subscription && subscription.status !== 'incomplete') {
    return <>The payment provider can’t say just now</>;
  }
  return <>Nothing</>;
}

function Deadline({ overview }: Pick<PlanFactsProps, 'overview'>) {
  const { subscription, rights, ended_at } = overview;
  const ends =
    subscription?.status === 'trialing' ? subscription.trial_ends_at : rights.valid_until;
  const onTrial = subscription?.status === 'trialing' || rights.source === 'trial';
  if (onTrial && ends) {
    return (
      <Fact label="Trial">
        <TimeLeft until={ends} /> left, until <DateTime value={ends} style="date" />
      </Fact>
    );
  }
  if (ended_at) {
    return (
      <Fact label="Ended">
        <DateTime value={ended_at} style="date" />
      </Fact>
    );
  }
  if (!subscription?.current_period_end || subscription.status === 'paused') return null;
  const paid = subscription.status === 'active' && subscription.invoice_days === null;
  return (
    <Fact label={paid ? 'Paid until' : 'This period until'}>
      <DateTime value={subscription.current_period_end} style="date" />
    </Fact>
  );
}

/** Until when it runs, and what is paid next. */
export function PlanFacts(props: PlanFactsProps) {
  return (
    <>
      <Deadline overview={props.overview} />
      <Fact label="Next payment">
        <NextPayment {...props} />
      </Fact>
    </>
  );
}

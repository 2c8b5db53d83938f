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

type Owed = NonNullable<BillingOverview['unpaid']>['owed'];

/** What is overdue comes before anything that renews. */
function Overdue({
  owed,
  invoice,
  base,
}: {
  owed: Owed;
  /** Null where one is made with the payment. */
  invoice: Pick<InvoiceDto, 'id' | 'number'> | null;
  base: string;
}) {
  return (
    <>
      <Money value={owed} />, overdue
      {invoice ? (
        <>
          , for invoice{' '}
          <TextLink href={`${base}/billing/invoices/${invoice.id}`}>{invoice.number}</TextLink>
        </>
      ) : null}
    </>
  );
}

/** What is owed of what runs, or of what has ended; null where nothing is. */
function overdueOf({ overview: { subscription, unpaid }, invoices }: PlanFactsProps) {
  if (unpaid) return { owed: unpaid.owed, invoice: unpaid };
  if (!subscription?.dunning) return null;
  if (subscription.dunning.owed) return { owed: subscription.dunning.owed, invoice: null };
  const invoice = invoices.find(({ status }) => status === 'open');
  if (!invoice) return null;
  const { amount_due, amount_paid } = invoice;
  return { owed: { ...amount_due, amount: amount_due.amount - amount_paid.amount }, invoice };
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

function NextPayment(props: PlanFactsProps) {
  const { overview, overage, base } = props;
  const { subscription, next_payment, rights } = overview;
  const overdue = overdueOf(props);
  if (overdue) return <Overdue {...overdue} base={base} />;
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

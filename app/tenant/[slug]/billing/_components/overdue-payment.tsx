import type { ReactNode } from 'react';
import { Callout } from '@/components/ui/callout';
import { buttonStyle } from '@/components/ui/button-style';
import { DateTime, Money } from '@/components/ui/figures';
import type { InvoiceDto, SubscriptionDto } from '@/lib/domains/billing';
import { SubscriptionButton } from './subscription-button';

type Dunning = NonNullable<SubscriptionDto['dunning']>;

function Consequences({ dunning, children }: { dunning: Dunning; children: ReactNode }) {
  if (dunning.stage === 'suspended') {
    return <>Nothing else can be used until it is paid. One payment lifts that at once.</>;
  }
  const suspended = <DateTime value={dunning.suspended_at} style="date" />;
  return (
    <>
      {children}{' '}
      {dunning.stage === 'read_only' ? (
        <>Everything can only be read now, and is suspended from {suspended}.</>
      ) : (
        <>
          Unpaid, everything can only be read from{' '}
          <DateTime value={dunning.read_only_at} style="date" /> and is suspended from {suspended}.
        </>
      )}
    </>
  );
}

/** What a card can do; after the last attempt nothing is tried by itself any more. */
function Ways({ tried }: { tried: boolean }) {
  return tried ? (
    <>The card isn’t tried again. Pay with it or another: it is kept for what comes next.</>
  ) : (
    <>
      The card is charged again by itself, or pay now with this one or another: it is kept for what
      comes next.
    </>
  );
}

function Owed({
  dunning,
  title,
  pay,
  form,
  children,
}: {
  dunning: Dunning;
  title: ReactNode;
  /** A link, beside the words. */
  pay: ReactNode;
  /** A button whose refusal has words of its own, below them. */
  form?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Callout
      tone={dunning.stage === 'retrying' ? 'warning' : 'negative'}
      title={title}
      actions={pay}
    >
      <Consequences dunning={dunning}>{children}</Consequences>
      {form}
    </Callout>
  );
}

/** What the notice across the page leads to: what is overdue, and the way to pay it: its invoice's page, or a button. */
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
  const { dunning, account, id } = subscription;
  if (!dunning) return null;
  if (dunning.owed) {
    const owed = <Money value={dunning.owed} />;
    return (
      <Owed
        dunning={dunning}
        title={<>{owed} is overdue</>}
        pay={null}
        form={
          mayPay ? (
            <SubscriptionButton ask="pay" subscriptionId={id} variant="primary" className="mt-3">
              <span>Pay {owed}</span>
            </SubscriptionButton>
          ) : null
        }
      >
        {account} declined the payment. See that your account there can pay, then pay now: it is
        taken at once, as you agreed, and its invoice is made.
      </Owed>
    );
  }
  const invoice = invoices.find(({ status, hosted_url }) => status === 'open' && hosted_url);
  if (!invoice?.hosted_url) return null;
  const { amount_due, amount_paid, number, hosted_url } = invoice;
  const owed = <Money value={{ ...amount_due, amount: amount_due.amount - amount_paid.amount }} />;
  return (
    <Owed
      dunning={dunning}
      title={
        <>
          {owed} of invoice <span className="figures">{number}</span> is overdue
        </>
      }
      pay={
        mayPay ? (
          <a href={hosted_url} className={buttonStyle('primary', 'sm')}>
            <span>Pay {owed}</span>
          </a>
        ) : null
      }
    >
      {subscription.invoice_days === null ? (
        <Ways tried={subscription.status === 'unpaid'} />
      ) : null}
    </Owed>
  );
}

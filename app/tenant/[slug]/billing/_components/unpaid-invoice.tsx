import { Callout } from '@/components/ui/callout';
import { buttonStyle } from '@/components/ui/button-style';
import { Money } from '@/components/ui/figures';
import type { BillingOverview } from '@/lib/domains/billing';

/** What stayed open when a subscription ended, and stands before the next one. */
export function UnpaidInvoice({
  unpaid,
  mayPay,
}: {
  unpaid: NonNullable<BillingOverview['unpaid']>;
  mayPay: boolean;
}) {
  const { number, owed, pay_url } = unpaid;
  return (
    <Callout
      tone="warning"
      title={
        <>
          <Money value={owed} /> of invoice <span className="figures">{number}</span> is still open
        </>
      }
      actions={
        mayPay ? (
          <a href={pay_url} className={buttonStyle('primary', 'sm')}>
            <span>
              Pay <Money value={owed} />
            </span>
          </a>
        ) : null
      }
    >
      It isn’t charged by itself any more. Once it is paid, a plan can be started again.
    </Callout>
  );
}

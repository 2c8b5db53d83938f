import type { SubscriptionDto } from '@/lib/domains/billing';
import { CancelDialog } from './cancel-dialog';
import { PauseDialog } from './pause-dialog';
import { SubscriptionButton } from './subscription-button';

/** What may be asked of a subscription in its state, as buttons. */
export function PlanActions({
  subscription,
  planName,
  pausing,
}: {
  subscription: SubscriptionDto;
  planName: string;
  /** What becomes of the paid time while it rests. */
  pausing: string | null;
}) {
  const { id, status, cancel_at, being_changed, waiting_change, dunning } = subscription;
  if (being_changed) return null;
  if (status === 'paused') {
    return (
      <>
        <CancelDialog
          subscriptionId={id}
          planName={planName}
          status={status}
          until={null}
          owes={false}
        />
        <SubscriptionButton ask="resume" subscriptionId={id} variant="primary">
          Resume {planName}
        </SubscriptionButton>
      </>
    );
  }
  return (
    <>
      {cancel_at ? (
        // What is overdue goes first.
        <SubscriptionButton
          ask="resume"
          subscriptionId={id}
          variant={dunning ? 'secondary' : 'primary'}
        >
          Keep subscription
        </SubscriptionButton>
      ) : (
        <CancelDialog
          subscriptionId={id}
          planName={planName}
          status={status}
          until={subscription.current_period_end}
          // Who charges an account keeps no invoice of what couldn't be taken.
          owes={['past_due', 'unpaid'].includes(status) && subscription.account === null}
        />
      )}
      {status === 'active' && !cancel_at && subscription.invoice_days === null ? (
        <PauseDialog
          subscriptionId={id}
          planName={planName}
          pausing={pausing}
          waiting={waiting_change !== null}
        />
      ) : null}
    </>
  );
}

/** Comes back to the plan that ran last. */
export function StartAgain({ ended, planName }: { ended: SubscriptionDto; planName: string }) {
  return (
    <SubscriptionButton ask="reactivate" subscriptionId={ended.id} variant="primary">
      Start {planName} again
    </SubscriptionButton>
  );
}

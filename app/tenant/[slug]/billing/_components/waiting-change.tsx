import { Callout } from '@/components/ui/callout';
import { DateTime } from '@/components/ui/figures';
import type { SubscriptionDto } from '@/lib/domains/billing';
import { SubscriptionButton } from './subscription-button';

/** What is under way or waits for the end of the period, with a way back. */
export function WaitingChange({
  subscription,
  planNames,
  mayPay,
}: {
  subscription: SubscriptionDto;
  planNames: Record<string, string>;
  mayPay: boolean;
}) {
  const { id, waiting_change: next, being_changed, cancel_at } = subscription;
  if (being_changed) {
    return (
      <Callout tone="info" title="The subscription is being changed">
        The payment provider has yet to confirm what was asked for. It goes on by itself; nothing is
        lost if you leave this page.
      </Callout>
    );
  }
  if (!next) return null;
  const name = planNames[next.plan_id] ?? next.plan_id;
  const samePlan =
    next.plan_id === subscription.plan_id && next.billing_cycle === subscription.billing_cycle;
  const sameAddOns = JSON.stringify(next.add_ons) === JSON.stringify(subscription.add_ons);
  return (
    <Callout
      tone="info"
      title={
        samePlan && !sameAddOns
          ? 'Fewer add-ons come next'
          : `${name}, billed ${next.billing_cycle}, comes next`
      }
      actions={
        mayPay ? (
          <SubscriptionButton ask="withdraw" subscriptionId={id}>
            Undo this change
          </SubscriptionButton>
        ) : null
      }
    >
      {cancel_at ? (
        <>It takes over only if you keep the subscription, which is set to end before it would.</>
      ) : (
        <>
          It takes over on <DateTime value={next.at} style="date" />. Until then everything stays as
          it is.
        </>
      )}
    </Callout>
  );
}

import { cycleWords } from '@/components/marketing/plan-words';
import { Callout } from '@/components/ui/callout';
import { DateTime, Money } from '@/components/ui/figures';
import type { BillingOverview, SubscriptionDto } from '@/lib/domains/billing';
import { SubscriptionButton } from './subscription-button';
import { adverbs } from './change-words';

/** A new version of the plan that we announced: nothing to undo, so what to do instead is said. */
function NewVersion({
  move,
  name,
}: {
  move: NonNullable<BillingOverview['plan_move']>;
  name: string;
}) {
  const { at, billing_cycle, price_before: before, price_after: after } = move;
  const same = before?.amount === after?.amount;
  return (
    <Callout
      tone="info"
      title={same ? `A new version of ${name} comes next` : `The price of ${name} changes`}
    >
      {after ? (
        <>
          From the renewal of <DateTime value={at} style="date" /> on it is <Money value={after} />{' '}
          {cycleWords[billing_cycle]}
          {same || !before ? null : (
            <>
              {' '}
              instead of <Money value={before} />
            </>
          )}
          , before tax and discounts.{' '}
        </>
      ) : null}
      Until then everything stays as it is. If you don’t want it, cancel before that day or change
      to another plan.
    </Callout>
  );
}

/** What is under way or waits for the end of the period, with a way back. */
export function WaitingChange({
  subscription,
  move,
  planNames,
  mayPay,
}: {
  subscription: SubscriptionDto;
  move: BillingOverview['plan_move'];
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
  if (move?.alone && !cancel_at) {
    return (
      <NewVersion move={move} name={planNames[subscription.plan_id] ?? subscription.plan_id} />
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
          : `${name}, billed ${adverbs[next.billing_cycle]}, comes next`
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

'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { buttonStyle } from '@/components/ui/button-style';
import { Callout } from '@/components/ui/callout';
import type { SubscriptionDto } from '@/lib/domains/billing';
import { cancelAction } from '../actions';

/** A checkout that was begun and not paid: go on with it, or let it go. */
export function OpenCheckout({
  subscription,
  planName,
  left,
}: {
  subscription: SubscriptionDto;
  planName: string;
  /** The person has just come back from the hosted page without paying. */
  left: boolean;
}) {
  const open = subscription.checkout_url !== null;
  const came = open ? 'is open' : 'isn’t there yet';
  const title = left ? 'You left the checkout' : `The checkout of ${planName} ${came}`;
  return (
    <Callout
      tone="info"
      title={title}
      actions={
        <>
          <ActionForm action={cancelAction} success="The checkout is closed">
            <input type="hidden" name="subscription_id" value={subscription.id} />
            <input type="hidden" name="when" value="now" />
            <SubmitButton variant="ghost" size="sm">
              Discard
            </SubmitButton>
          </ActionForm>
          {subscription.checkout_url ? (
            <a href={subscription.checkout_url} className={buttonStyle('primary', 'sm')}>
              Complete checkout
            </a>
          ) : null}
        </>
      }
    >
      {open
        ? `Nothing was charged. Go on with ${planName} when you like, or choose any plan below: that replaces it.`
        : 'The payment provider has yet to make its page, and is asked again by itself within a minute. Choose a plan below to ask at once.'}
    </Callout>
  );
}

'use client';

import type { ComponentProps, ReactNode } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { addCardAction, reactivateAction, resumeAction, withdrawChangeAction } from '../actions';
import { payOverdueAction } from '../overdue/actions';

const actions = {
  addCard: addCardAction,
  pay: payOverdueAction,
  reactivate: reactivateAction,
  resume: resumeAction,
  withdraw: withdrawChangeAction,
};

/** One button that asks one thing of a subscription. */
export function SubscriptionButton({
  ask,
  subscriptionId,
  variant = 'secondary',
  children,
}: {
  ask: keyof typeof actions;
  subscriptionId: string;
  variant?: ComponentProps<typeof SubmitButton>['variant'];
  children: ReactNode;
}) {
  return (
    <ActionForm action={actions[ask]}>
      <input type="hidden" name="subscription_id" value={subscriptionId} />
      <SubmitButton variant={variant}>{children}</SubmitButton>
    </ActionForm>
  );
}

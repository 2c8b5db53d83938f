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
  className,
  children,
}: {
  ask: keyof typeof actions;
  subscriptionId: string;
  variant?: ComponentProps<typeof SubmitButton>['variant'];
  /** Of the form: where its refusal has the whole width, the button keeps its own. */
  className?: string;
  children: ReactNode;
}) {
  return (
    <ActionForm action={actions[ask]} {...(className ? { className } : {})}>
      <input type="hidden" name="subscription_id" value={subscriptionId} />
      <SubmitButton variant={variant} {...(className ? { className: 'self-start' } : {})}>
        {children}
      </SubmitButton>
    </ActionForm>
  );
}

'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import type { BillingOverview } from '@/lib/domains/billing';
import { startSubscriptionAction } from '../actions';

/** The two ways into a plan: what is left of its trial, or paid from today. */
export function StartPlanForms({
  plan,
  cycle,
  suggested,
}: {
  plan: BillingOverview['plans'][number];
  cycle: 'monthly' | 'quarterly' | 'annual';
  suggested: boolean;
}) {
  const form = (start: 'trial' | 'now') => (
    <ActionForm action={startSubscriptionAction} className="gap-2">
      <input type="hidden" name="plan_id" value={plan.id} />
      <input type="hidden" name="billing_cycle" value={cycle} />
      <input type="hidden" name="start" value={start} />
      <SubmitButton
        variant={
          suggested && (start === 'trial' || plan.trial_left === 0) ? 'primary' : 'secondary'
        }
        className="w-full"
      >
        {start === 'trial' ? `Start ${plan.trial_left}-day trial` : 'Pay now'}
        <span className="sr-only"> of {plan.name}</span>
      </SubmitButton>
    </ActionForm>
  );
  return (
    <div className="flex flex-col gap-2">
      {plan.trial_left > 0 ? form('trial') : null}
      {form('now')}
    </div>
  );
}

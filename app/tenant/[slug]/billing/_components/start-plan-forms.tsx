'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import type { BillingOverview } from '@/lib/domains/billing';
import { startSubscriptionAction } from '../actions';
import type { WayToPay } from './pay-with';

/** The two ways into a plan: what is left of its trial, or paid from today. */
export function StartPlanForms({
  plan,
  cycle,
  gateway,
  code,
  suggested,
  onTrial,
}: {
  plan: BillingOverview['plans'][number];
  cycle: 'monthly' | 'quarterly' | 'annual';
  gateway: WayToPay;
  /** The promotion code to start with; empty for none. */
  code: string;
  suggested: boolean;
  /** Whether the tenant is on the trial of this very plan. */
  onTrial: boolean;
}) {
  const later = onTrial ? 'Keep after the trial' : `Start ${plan.trial_left}-day trial`;
  const form = (start: 'trial' | 'now') => (
    <ActionForm action={startSubscriptionAction} className="gap-2">
      <input type="hidden" name="plan_id" value={plan.id} />
      <input type="hidden" name="billing_cycle" value={cycle} />
      <input type="hidden" name="gateway" value={gateway.name} />
      <input type="hidden" name="start" value={start} />
      {code ? <input type="hidden" name="coupon" value={code} /> : null}
      <SubmitButton
        variant={
          suggested && (start === 'trial' || plan.trial_left === 0) ? 'primary' : 'secondary'
        }
        className="w-full"
      >
        {start === 'trial' ? later : gateway.account ? `Pay with ${gateway.account}` : 'Pay now'}
        <span className="sr-only"> of {plan.name}</span>
      </SubmitButton>
    </ActionForm>
  );
  return (
    <div className="flex flex-col gap-2">
      {plan.trial_left > 0 ? form('trial') : null}
      {form('now')}
      {gateway.account && plan.trial_left > 0 ? (
        <p className="text-sm text-muted">
          You agree on {gateway.account}’s page first. In a trial nothing is taken before it ends.
        </p>
      ) : null}
      {plan.trial_left > 0 && onTrial ? (
        <p className="text-sm text-muted">
          You are on this trial now. Keep the plan and the first payment is due when it ends, in{' '}
          {plan.trial_left} {plan.trial_left === 1 ? 'day' : 'days'}. Pay now and it ends today.
        </p>
      ) : null}
    </div>
  );
}

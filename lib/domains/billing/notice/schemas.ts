/** What the banner across the dashboard says; `ends_at` where something is about to end. */
export type BillingNotice = {
  kind:
    | 'trial'
    | 'subscription_trial'
    | 'trial_over'
    | 'past_due'
    | 'unpaid'
    | 'paused'
    | 'suspended'
    | 'ending'
    | 'ended';
  ends_at: string | null;
};

/** What the banner across the dashboard says; `ends_at` where something is about to end or to be taken. */
export type BillingNotice = {
  kind:
    | 'trial'
    | 'subscription_trial'
    | 'trial_over'
    | 'past_due'
    | 'unpaid'
    | 'paused'
    | 'suspended'
    | 'suspended_unpaid'
    | 'ending'
    | 'ended';
  ends_at: string | null;
};

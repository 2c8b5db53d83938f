import type { SubscriptionDto } from '@/lib/domains/billing';

/** "Bill annually" */
export const adverbs = { monthly: 'monthly', quarterly: 'quarterly', annual: 'annually' } as const;

/** What a change does from when it counts. In a trial nothing was paid, so nothing is given back. */
export function effectWords(status: SubscriptionDto['status'], when: 'now' | 'period_end'): string {
  if (when === 'period_end') {
    return 'Everything stays as it is until then. You can undo it before that.';
  }
  return status === 'trialing'
    ? 'It takes effect at once. Nothing is charged before the trial ends, and its end stays.'
    : 'It takes effect at once. What is unused of the present plan is credited.';
}

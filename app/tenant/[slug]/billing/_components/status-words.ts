import type { Tone } from '@/components/ui/badge';
import type { BillingOverview } from '@/lib/domains/billing';

/** How the state of plan and payment is called, and its tone. */
export function statusWords({ rights, subscription }: BillingOverview): {
  tone: Tone;
  word: string;
} {
  switch (subscription?.status) {
    case 'trialing':
    case 'active':
      if (subscription.cancel_at) return { tone: 'warning', word: 'Ends soon' };
      return subscription.status === 'trialing'
        ? { tone: 'info', word: 'Trial' }
        : { tone: 'positive', word: 'Active' };
    case 'past_due':
      return {
        tone: 'warning',
        word: subscription.invoice_days === null ? 'Payment failed' : 'Invoice overdue',
      };
    case 'unpaid':
      return { tone: 'negative', word: 'Unpaid' };
    case 'paused':
      return { tone: 'neutral', word: 'Paused' };
    default:
  }
  if (rights.source === 'trial') return { tone: 'info', word: 'Trial' };
  return rights.valid_until === null
    ? { tone: 'negative', word: 'Ended' }
    : { tone: 'warning', word: 'Trial over' };
}

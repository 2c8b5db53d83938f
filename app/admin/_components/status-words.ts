import type { Tone } from '@/components/ui/badge';
import type { GiftStatus } from '@/lib/domains/billing/discount/requests/schemas';
import type { DisputeStatus, RefundStatus } from '@/lib/domains/billing/refunds/schemas';
import {
  gatewaySchema,
  type InvoiceDto,
  type SubscriptionDto,
} from '@/lib/domains/billing/schemas';
import type { TenantStatus } from '@/lib/domains/tenancy/schemas';
import type { OperatorRole } from '@/lib/kernel/operator-access';

type Words = { tone: Tone; word: string };

export const tenantStatusWords: Record<TenantStatus, Words> = {
  trial: { tone: 'info', word: 'Trial' },
  active: { tone: 'positive', word: 'Active' },
  past_due: { tone: 'warning', word: 'Past due' },
  suspended: { tone: 'negative', word: 'Suspended' },
  cancelled: { tone: 'neutral', word: 'Cancelled' },
};

export const subscriptionStatusWords: Record<SubscriptionDto['status'], Words> = {
  incomplete: { tone: 'neutral', word: 'Incomplete' },
  trialing: { tone: 'info', word: 'Trialing' },
  active: { tone: 'positive', word: 'Active' },
  past_due: { tone: 'warning', word: 'Past due' },
  paused: { tone: 'neutral', word: 'Paused' },
  cancelled: { tone: 'neutral', word: 'Cancelled' },
  unpaid: { tone: 'negative', word: 'Unpaid' },
};

export const invoiceStatusWords: Record<InvoiceDto['status'], Words> = {
  open: { tone: 'warning', word: 'Open' },
  paid: { tone: 'positive', word: 'Paid' },
  uncollectible: { tone: 'negative', word: 'Uncollectible' },
  void: { tone: 'neutral', word: 'Void' },
};

export const refundStatusWords: Record<RefundStatus, Words> = {
  requested: { tone: 'warning', word: 'Waits for approval' },
  approved: { tone: 'info', word: 'Approved' },
  sent: { tone: 'info', word: 'Sent' },
  done: { tone: 'positive', word: 'Paid back' },
  refused: { tone: 'neutral', word: 'Refused' },
  failed: { tone: 'negative', word: 'Failed' },
};

export const giftStatusWords: Record<GiftStatus, Words> = {
  requested: { tone: 'warning', word: 'Waits for approval' },
  approved: { tone: 'positive', word: 'Approved' },
  refused: { tone: 'neutral', word: 'Refused' },
};

export const disputeStatusWords: Record<DisputeStatus, Words> = {
  inquiry: { tone: 'warning', word: 'Bank asks' },
  needs_response: { tone: 'negative', word: 'Needs evidence' },
  under_review: { tone: 'warning', word: 'Under review' },
  won: { tone: 'positive', word: 'Won' },
  lost: { tone: 'negative', word: 'Lost' },
  closed: { tone: 'neutral', word: 'Closed' },
};

const webhookWords: Record<string, Words> = {
  waiting: { tone: 'info', word: 'Waiting' },
  failing: { tone: 'negative', word: 'Failing' },
  queued: { tone: 'positive', word: 'Passed on' },
  ignored: { tone: 'neutral', word: 'Ignored' },
};

/** An outcome of another version is shown by its own name. */
export const webhookStateWords = (state: string): Words =>
  webhookWords[state] ?? { tone: 'neutral', word: state };

export const operatorRoleWords: Record<OperatorRole, string> = {
  support: 'Support',
  finance: 'Finance',
  admin: 'Administrator',
};

/** `professional` as a plan is called. */
export const planWord = (planId: string) => planId.charAt(0).toUpperCase() + planId.slice(1);

const gatewayWords: Record<string, string> = { stripe: 'Stripe', paypal: 'PayPal' };

/** Who collects, as it calls itself; one of another version by its own name. */
export const gatewayWord = (gateway: string) => gatewayWords[gateway] ?? gateway;

/** Options of a filter, in the order of the list. */
export const optionsOf = (words: Record<string, Words>) =>
  Object.entries(words).map(([value, { word }]) => ({ value, label: word }));

/** Who collects, as a filter. */
export const gatewayOptions = gatewaySchema.options.map((value) => ({
  value,
  label: gatewayWord(value),
}));

export const planOptions = ['starter', 'professional', 'enterprise', 'institutional'].map(
  (value) => ({ value, label: planWord(value) }),
);

import { callStripe, type Stripe } from '@/lib/infra/stripe';
import type { ProviderDispute, ProviderRefund, ProviderState } from '../../provider-state';
import type { DisputeStatus } from '../../refunds/schemas';
import { idOf } from './from-stripe';
import { standingOf } from './refund';
import { dateOf, secondsOf } from '@/lib/kernel/unix-time';

/** Of a status of tomorrow we only know that there is a dispute. */
const disputeWords: Record<string, DisputeStatus> = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'closed',
  prevented: 'closed',
  needs_response: 'needs_response',
  appeal_needs_response: 'needs_response',
  under_review: 'under_review',
  appeal_under_review: 'under_review',
  won: 'won',
  lost: 'lost',
};

/** The invoice that a charge paid, if it paid one. */
async function invoiceOf(charge: Stripe.Charge): Promise<string | null> {
  const intent = idOf(charge.payment_intent);
  if (!intent) return null;
  const paid = await callStripe((stripe) =>
    stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: intent },
      limit: 1,
    }),
  );
  return idOf(paid.data[0]?.invoice);
}

async function refundsOf(charge: Stripe.Charge): Promise<Stripe.Refund[]> {
  const { refunds } = charge;
  if (!refunds?.has_more) return refunds?.data ?? [];
  return callStripe((stripe) =>
    stripe.refunds.list({ charge: charge.id, limit: 100 }).autoPagingToArray({ limit: 1_000 }),
  );
}

async function disputesOf(charge: Stripe.Charge): Promise<Stripe.Dispute[]> {
  if (!charge.disputed) return [];
  const listed = await callStripe((stripe) =>
    stripe.disputes.list({ charge: charge.id, limit: 100 }),
  );
  return listed.data;
}

function toRefund(refund: Stripe.Refund, invoice: string): ProviderRefund {
  return {
    ...standingOf(refund),
    ownId: refund.metadata?.refund_id ?? null,
    invoiceProviderId: invoice,
    amount: BigInt(refund.amount),
    currency: refund.currency,
    createdAt: dateOf(refund.created),
  };
}

function toDispute(dispute: Stripe.Dispute, invoice: string): ProviderDispute {
  const { due_by: dueBy } = dispute.evidence_details;
  return {
    providerId: dispute.id,
    invoiceProviderId: invoice,
    amount: BigInt(dispute.amount),
    currency: dispute.currency,
    status: disputeWords[dispute.status] ?? 'under_review',
    reason: dispute.reason,
    respondBy: dueBy ? dateOf(dueBy) : null,
    openedAt: dateOf(dispute.created),
  };
}

/**
 * What was given back of a customer's payments made from `since` on (null: of all), by us or by hand, and what is
 * disputed. Stripe lists neither by customer, so it is read from the charges; those of which nothing is to be told
 * cost no call of their own.
 */
export async function readMoneyBack(
  customer: string,
  since: Date | null,
): Promise<Pick<ProviderState, 'refunds' | 'disputes'>> {
  const from = since ? { created: { gte: secondsOf(since) } } : {};
  const charges = await callStripe((stripe) =>
    stripe.charges
      .list({ customer, ...from, limit: 100, expand: ['data.refunds'] })
      .autoPagingToArray({ limit: 10_000 }),
  );
  const state: Pick<ProviderState, 'refunds' | 'disputes'> = { refunds: [], disputes: [] };
  for (const charge of charges) {
    const refunds = await refundsOf(charge);
    const disputes = await disputesOf(charge);
    if (refunds.length + disputes.length === 0) continue;
    const invoice = await invoiceOf(charge);
    if (!invoice) continue;
    state.refunds.push(...refunds.map((refund) => toRefund(refund, invoice)));
    state.disputes.push(...disputes.map((dispute) => toDispute(dispute, invoice)));
  }
  return state;
}

import { callStripe, type Stripe } from '@/lib/infra/stripe';
import { DomainError } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import type { ProviderRefund } from '../../provider-state';
import type { Gateway, RefundOrder } from '../port';
import { idOf } from './from-stripe';

/** The reasons of Stripe's for which a refund failed, in words. */
const failures: Record<string, string> = {
  lost_or_stolen_card: 'The card was reported lost or stolen.',
  expired_or_canceled_card: 'The card has expired or was cancelled.',
  charge_for_pending_refund_disputed: 'The payment was disputed meanwhile.',
  insufficient_funds: 'Our balance at the payment provider was too low.',
  merchant_request: 'It was cancelled at the payment provider.',
};

const GONE = new Set(['failed', 'canceled']);

/** How far a refund there has got. One that asks its receiver for something is still on its way. */
export function standingOf(
  refund: Stripe.Refund,
): Pick<ProviderRefund, 'providerId' | 'status' | 'failure'> {
  const { id: providerId, status, failure_reason: code } = refund;
  if (!GONE.has(status ?? '')) {
    return { providerId, status: status === 'succeeded' ? 'done' : 'sent', failure: null };
  }
  const failure = (code && failures[code]) || 'The bank didn’t take it.';
  return { providerId, status: 'failed', failure };
}

/** The payments of an invoice, with what was given back of each, all states of it. */
async function paymentsOf(invoice: string) {
  const payments = await callStripe((stripe) =>
    stripe.invoicePayments
      .list({ invoice, status: 'paid', limit: 100 })
      .autoPagingToArray({ limit: 1_000 }),
  );
  const read: { intent: string; paid: number; refunds: Stripe.Refund[] }[] = [];
  for (const { payment, amount_paid } of payments) {
    const intent = idOf(payment.payment_intent);
    if (!intent) continue;
    const refunds = await callStripe((stripe) =>
      stripe.refunds
        .list({ payment_intent: intent, limit: 100 })
        .autoPagingToArray({ limit: 1_000 }),
    );
    read.push({ intent, paid: amount_paid ?? 0, refunds });
  }
  return read;
}

const leftOf = ({ paid, refunds }: { paid: number; refunds: Stripe.Refund[] }) =>
  refunds.reduce((left, { amount, status }) => left - (GONE.has(status ?? '') ? 0 : amount), paid);

function make(order: RefundOrder, intent: string): Promise<Stripe.Refund> {
  const { id, tenantId, amount } = order;
  return callStripe((stripe) =>
    stripe.refunds.create(
      {
        payment_intent: intent,
        amount,
        reason: 'requested_by_customer',
        metadata: { refund_id: id, tenant_id: publicId('tenant', tenantId) },
      },
      { idempotencyKey: `refund-${id}` },
    ),
  );
}

/**
 * Looks first whether it was made already: keys of idempotency are forgotten after a day, and a job may come
 * back later than that.
 */
export const refund: Gateway['refund'] = async (order) => {
  const payments = await paymentsOf(order.invoiceProviderId);
  const made = payments
    .flatMap(({ refunds }) => refunds)
    .find(({ metadata }) => metadata?.refund_id === order.id);
  if (made) return standingOf(made);
  const payment = payments.find((each) => leftOf(each) >= order.amount);
  if (!payment) {
    throw new DomainError(
      'invalid',
      'refund_too_large',
      'No payment of this invoice at the payment provider has that much left. What was paid past the provider is given back past it too.',
    );
  }
  return standingOf(await make(order, payment.intent));
};

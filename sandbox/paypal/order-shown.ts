import { baseOf } from '@/sandbox/paypal/events';
import { moneyOf, timeOf } from '@/sandbox/paypal/money';
import type { Capture, Order, Refund } from '@/sandbox/paypal/records';
import type { Api } from '@/sandbox/stripe/api';

export function shownCapture(api: Api, capture: Capture): object {
  const self = `${baseOf(api)}/v2/payments/captures/${capture.id}`;
  const amount = moneyOf(capture.amount, capture.currency);
  return {
    id: capture.id,
    status: capture.status,
    amount,
    final_capture: true,
    seller_receivable_breakdown: {
      gross_amount: amount,
      paypal_fee: moneyOf(0, capture.currency),
      net_amount: amount,
    },
    ...(capture.custom_id ? { custom_id: capture.custom_id } : {}),
    ...(capture.invoice_id ? { invoice_id: capture.invoice_id } : {}),
    create_time: timeOf(capture.created),
    update_time: timeOf(capture.created),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/refund`, rel: 'refund', method: 'POST' },
    ],
  };
}

export function shownRefund(api: Api, refund: Refund): object {
  return {
    id: refund.id,
    status: refund.status,
    ...(refund.status === 'COMPLETED' ? {} : { status_details: { reason: 'ECHECK' } }),
    amount: moneyOf(refund.amount, refund.currency),
    ...(refund.custom_id ? { custom_id: refund.custom_id } : {}),
    ...(refund.invoice_id ? { invoice_id: refund.invoice_id } : {}),
    ...(refund.note ? { note_to_payer: refund.note } : {}),
    create_time: timeOf(refund.created),
    update_time: timeOf(refund.updated),
    links: [
      { href: `${baseOf(api)}/v2/payments/refunds/${refund.id}`, rel: 'self', method: 'GET' },
      { href: `${baseOf(api)}/v2/payments/captures/${refund.capture}`, rel: 'up', method: 'GET' },
    ],
  };
}

/** A refund of a subscription's payment is told in the older words of sales. */
export function shownSaleRefund(api: Api, refund: Refund): object {
  const { amount, currency } = refund;
  return {
    id: refund.id,
    sale_id: refund.capture,
    state: 'completed',
    amount: { total: moneyOf(amount, currency).value, currency },
    create_time: timeOf(refund.created),
    update_time: timeOf(refund.updated),
    links: [
      { href: `${baseOf(api)}/v2/payments/refunds/${refund.id}`, rel: 'self', method: 'GET' },
      { href: `${baseOf(api)}/v2/payments/captures/${refund.capture}`, rel: 'sale', method: 'GET' },
    ],
  };
}

export function shownOrder(api: Api, order: Order): object {
  const self = `${baseOf(api)}/v2/checkout/orders/${order.id}`;
  const capture = api.store.find('paypal.capture', order.capture);
  const waits = order.status === 'CREATED' || order.status === 'PAYER_ACTION_REQUIRED';
  const rel = order.status === 'CREATED' ? 'approve' : 'payer-action';
  return {
    id: order.id,
    intent: order.intent,
    status: order.status,
    purchase_units: [
      {
        ...order.purchase_unit,
        ...(capture ? { payments: { captures: [shownCapture(api, capture)] } } : {}),
      },
    ],
    create_time: timeOf(order.created),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      ...(waits ? [{ href: `${baseOf(api)}/approve/${order.id}`, rel, method: 'GET' }] : []),
      ...(order.status === 'APPROVED'
        ? [{ href: `${self}/capture`, rel: 'capture', method: 'POST' }]
        : []),
    ],
  };
}

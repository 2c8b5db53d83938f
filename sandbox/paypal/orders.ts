import { z } from 'zod';
import { approvalFor, CONTEXT } from '@/sandbox/paypal/approvals';
import { type Answer, type Call, endpoint, NO_BODY } from '@/sandbox/paypal/endpoint';
import { notFound, notImplemented, refused } from '@/sandbox/paypal/errors';
import { tell } from '@/sandbox/paypal/events';
import { newId } from '@/sandbox/paypal/ids';
import { centsOf, moneySchema } from '@/sandbox/paypal/money';
import {
  shownCapture,
  shownOrder,
  shownRefund,
  shownSaleRefund,
} from '@/sandbox/paypal/order-shown';
import type { Capture, Order } from '@/sandbox/paypal/records';
import type { Api } from '@/sandbox/stripe/api';

const orderContext = CONTEXT.omit({ user_action: true }).extend({
  user_action: z.enum(['PAY_NOW', 'CONTINUE']).optional(),
});
const createShape = z.strictObject({
  intent: z.enum(['CAPTURE', 'AUTHORIZE']),
  purchase_units: z
    .array(
      z.strictObject({
        reference_id: z.string().min(1).max(256).default('default'),
        amount: moneySchema,
        description: z.string().min(1).max(127).optional(),
        custom_id: z.string().min(1).max(255).optional(),
        invoice_id: z.string().min(1).max(127).optional(),
      }),
    )
    .min(1)
    .max(10),
  payment_source: z
    .strictObject({
      paypal: z.strictObject({ experience_context: orderContext.optional() }),
    })
    .optional(),
  application_context: orderContext.optional(),
});
const refundShape = z.strictObject({
  amount: moneySchema.optional(),
  invoice_id: z.string().min(1).max(127).optional(),
  note_to_payer: z.string().min(1).max(255).optional(),
});

function requireOrder(api: Api, id: string): Order {
  const order = api.store.find('paypal.order', id);
  if (!order) throw notFound(id);
  return order;
}

function requireCapture(api: Api, id: string): Capture {
  const capture = api.store.find('paypal.capture', id);
  if (!capture) throw notFound(id);
  return capture;
}

function create({ api, body }: Call<z.infer<typeof createShape>>): Answer {
  if (body.intent === 'AUTHORIZE') throw notImplemented('orders with the intent AUTHORIZE');
  const [unit, more] = body.purchase_units;
  if (more || !unit) throw notImplemented('orders of several purchase units');
  if (centsOf(unit.amount) === 0)
    throw refused('CANNOT_BE_ZERO_OR_NEGATIVE', 'Must be greater than zero.', '/purchase_units/0');
  const taken = (order: Order) =>
    order.purchase_unit.invoice_id === unit.invoice_id && order.capture;
  if (unit.invoice_id && api.store.all('paypal.order').some(taken))
    throw refused('DUPLICATE_INVOICE_ID', 'Requested invoice number has been previously captured.');
  const source = body.payment_source?.paypal.experience_context;
  const order = api.store.put('paypal.order', {
    id: newId(),
    intent: body.intent,
    status: body.payment_source ? 'PAYER_ACTION_REQUIRED' : 'CREATED',
    purchase_unit: unit,
    capture: null,
    pays: true,
    created: api.now(),
  });
  approvalFor(api, 'order', order.id, source ?? body.application_context);
  return { status: 201, body: shownOrder(api, order) };
}

function capture({ api, id }: Call<unknown>): Answer {
  const order = requireOrder(api, id);
  if (order.status === 'COMPLETED')
    throw refused('ORDER_ALREADY_CAPTURED', 'Order already captured.');
  if (order.status !== 'APPROVED')
    throw refused('ORDER_NOT_APPROVED', 'Payer has not yet approved the Order for payment.');
  if (!order.pays) {
    // The payer may choose another way to pay, on the same page.
    api.store.patch('paypal.order', id, { status: 'PAYER_ACTION_REQUIRED' });
    api.store.patch('paypal.approval', id, { answered: false });
    throw refused(
      'INSTRUMENT_DECLINED',
      'The instrument presented was declined. Send the payer back to approve again.',
    );
  }
  const { amount, custom_id, invoice_id } = order.purchase_unit;
  const made = api.store.put('paypal.capture', {
    id: newId(),
    order: id,
    subscription: null,
    amount: centsOf(amount),
    refunded: 0,
    currency: amount.currency_code,
    custom_id: custom_id ?? null,
    invoice_id: invoice_id ?? null,
    status: 'COMPLETED',
    created: api.now(),
  });
  const done = api.store.patch('paypal.order', id, { status: 'COMPLETED', capture: made.id });
  tell(api, 'PAYMENT.CAPTURE.COMPLETED', 'Payment completed.', 'capture', shownCapture(api, made));
  return { status: 201, body: shownOrder(api, done) };
}

function refund({ api, id, body }: Call<z.infer<typeof refundShape>>): Answer {
  const source = requireCapture(api, id);
  const left = source.amount - source.refunded;
  if (source.status === 'DECLINED')
    throw refused('CAPTURE_STATUS_NOT_VALID', 'Nothing was captured that could be given back.');
  if (left === 0)
    throw refused('CAPTURE_FULLY_REFUNDED', 'The capture has already been fully refunded');
  if (body.amount && body.amount.currency_code !== source.currency)
    throw refused('REFUND_CAPTURE_CURRENCY_MISMATCH', `It was captured in ${source.currency}.`);
  const amount = body.amount ? centsOf(body.amount) : left;
  if (amount === 0) throw refused('CANNOT_BE_ZERO_OR_NEGATIVE', 'Must be greater than zero.');
  if (amount > left)
    throw refused(
      'REFUND_AMOUNT_EXCEEDED',
      'The refund amount must be less than or equal to the capture amount that has not yet been refunded.',
      '/amount',
    );
  const clock = api.store.find('paypal.subscription', source.subscription)?.test_clock ?? null;
  const made = api.store.put('paypal.refund', {
    id: newId(),
    capture: id,
    amount,
    currency: source.currency,
    invoice_id: body.invoice_id ?? null,
    note: body.note_to_payer ?? null,
    created: api.now(clock),
  });
  const status = amount === left ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  api.store.patch('paypal.capture', id, { refunded: source.refunded + amount, status });
  const [what, resource] = source.subscription
    ? ['SALE', shownSaleRefund(api, made)]
    : ['CAPTURE', shownRefund(api, made)];
  tell(api, `PAYMENT.${what}.REFUNDED`, 'A payment was refunded.', 'refund', resource, clock);
  return { status: 201, body: shownRefund(api, made) };
}

export const orderEndpoints = [
  endpoint('POST /v2/checkout/orders', createShape, create),
  endpoint('GET /v2/checkout/orders/:id', NO_BODY, ({ api, id }) => ({
    status: 200,
    body: shownOrder(api, requireOrder(api, id)),
  })),
  endpoint('POST /v2/checkout/orders/:id/capture', NO_BODY, capture),
  endpoint('GET /v2/payments/captures/:id', NO_BODY, ({ api, id }) => ({
    status: 200,
    body: shownCapture(api, requireCapture(api, id)),
  })),
  endpoint('POST /v2/payments/captures/:id/refund', refundShape, refund),
  endpoint('GET /v2/payments/refunds/:id', NO_BODY, ({ api, id }) => {
    const found = api.store.find('paypal.refund', id);
    if (!found) throw notFound(id);
    return { status: 200, body: shownRefund(api, found) };
  }),
];

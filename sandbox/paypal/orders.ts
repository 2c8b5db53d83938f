import { z } from 'zod';
import { approvalFor, CONTEXT } from '@/sandbox/paypal/approvals';
import { type Answer, type Call, endpoint, NO_BODY } from '@/sandbox/paypal/endpoint';
import { notFound, notImplemented, refused } from '@/sandbox/paypal/errors';
import { tell } from '@/sandbox/paypal/events';
import { newId } from '@/sandbox/paypal/ids';
import { centsOf, moneySchema } from '@/sandbox/paypal/money';
import { shownCapture, shownOrder } from '@/sandbox/paypal/order-shown';
import type { Order } from '@/sandbox/paypal/records';
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

function requireOrder(api: Api, id: string): Order {
  const order = api.store.find('paypal.order', id);
  if (!order) throw notFound(id);
  return order;
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

export const orderEndpoints = [
  endpoint('POST /v2/checkout/orders', createShape, create),
  endpoint('GET /v2/checkout/orders/:id', NO_BODY, ({ api, id }) => ({
    status: 200,
    body: shownOrder(api, requireOrder(api, id)),
  })),
  endpoint('POST /v2/checkout/orders/:id/capture', NO_BODY, capture),
];

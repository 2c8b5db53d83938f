import { z } from 'zod';
import { type Answer, type Call, endpoint, NO_BODY } from '@/sandbox/paypal/endpoint';
import { notFound, refused } from '@/sandbox/paypal/errors';
import { tell } from '@/sandbox/paypal/events';
import { newId } from '@/sandbox/paypal/ids';
import { centsOf, moneySchema } from '@/sandbox/paypal/money';
import { shownCapture, shownRefund, shownSaleRefund } from '@/sandbox/paypal/order-shown';
import type { Capture, Refund } from '@/sandbox/paypal/records';
import type { Api } from '@/sandbox/stripe/api';

const refundShape = z.strictObject({
  amount: moneySchema.optional(),
  custom_id: z.string().min(1).max(127).optional(),
  invoice_id: z.string().min(1).max(127).optional(),
  note_to_payer: z.string().min(1).max(255).optional(),
});

export function requireCapture(api: Api, id: string): Capture {
  const capture = api.store.find('paypal.capture', id);
  if (!capture) throw notFound(id);
  return capture;
}

/** The clock of the subscription that a payment was for. */
export const clockOf = (api: Api, { subscription }: Capture): string | null =>
  api.store.find('paypal.subscription', subscription)?.test_clock ?? null;

/** So much more of a payment is given back; negative when it came back. */
function countRefunded(api: Api, capture: Capture, more: number): void {
  const refunded = capture.refunded + more;
  const status =
    refunded === 0 ? 'COMPLETED' : refunded === capture.amount ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  api.store.patch('paypal.capture', capture.id, { refunded, status });
}

/** Told once it is through. What PayPal tells of one that waits or fails isn't documented, so nothing is. */
function tellRefund(api: Api, refund: Refund): void {
  const source = requireCapture(api, refund.capture);
  const [what, resource] = source.subscription
    ? ['SALE', shownSaleRefund(api, refund)]
    : ['CAPTURE', shownRefund(api, refund)];
  const summary = 'A payment was refunded.';
  tell(api, `PAYMENT.${what}.REFUNDED`, summary, 'refund', resource, clockOf(api, source));
}

/** How much of a payment is to be given back, in cents. */
function askedAmount(source: Capture, asked: z.infer<typeof moneySchema> | undefined): number {
  const left = source.amount - source.refunded;
  if (source.status === 'DECLINED')
    throw refused('CAPTURE_STATUS_NOT_VALID', 'Nothing was captured that could be given back.');
  if (left === 0)
    throw refused('CAPTURE_FULLY_REFUNDED', 'The capture has already been fully refunded');
  if (asked && asked.currency_code !== source.currency)
    throw refused('REFUND_CAPTURE_CURRENCY_MISMATCH', `It was captured in ${source.currency}.`);
  const amount = asked ? centsOf(asked) : left;
  if (amount === 0) throw refused('CANNOT_BE_ZERO_OR_NEGATIVE', 'Must be greater than zero.');
  if (amount > left)
    throw refused(
      'REFUND_AMOUNT_EXCEEDED',
      'The refund amount must be less than or equal to the capture amount that has not yet been refunded.',
      '/amount',
    );
  return amount;
}

function refund({ api, id, body }: Call<z.infer<typeof refundShape>>): Answer {
  const source = requireCapture(api, id);
  const amount = askedAmount(source, body.amount);
  const now = api.now(clockOf(api, source));
  const waits = api.store.find('paypal.seller', 'seller')?.refunds_by_echeck ?? false;
  const made = api.store.put('paypal.refund', {
    id: newId(),
    capture: id,
    amount,
    currency: source.currency,
    custom_id: body.custom_id ?? null,
    invoice_id: body.invoice_id ?? null,
    note: body.note_to_payer ?? null,
    status: waits ? 'PENDING' : 'COMPLETED',
    created: now,
    updated: now,
  });
  countRefunded(api, source, amount);
  if (!waits) tellRefund(api, made);
  return { status: 201, body: shownRefund(api, made) };
}

/** What the bank made of a refund that waited. False when there is none. */
export function settleRefund(api: Api, id: string, status: 'COMPLETED' | 'FAILED'): boolean {
  const refund = api.store.find('paypal.refund', id);
  if (refund?.status !== 'PENDING') return false;
  const source = requireCapture(api, refund.capture);
  const updated = api.now(clockOf(api, source));
  const after = api.store.patch('paypal.refund', id, { status, updated });
  if (status === 'FAILED') countRefunded(api, source, -refund.amount);
  else tellRefund(api, after);
  return true;
}

export const refundEndpoints = [
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

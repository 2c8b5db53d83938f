import { z } from 'zod';
import { json, type PageCall, type PageRoute } from '@/sandbox/pages/route';
import { moveDispute, openDispute } from '@/sandbox/paypal/disputes';
import { settleRefund } from '@/sandbox/paypal/refunds';

const wrong = (message: string, status = 400) => json({ error: { message } }, status);

/** For tests: what happens at PayPal without the merchant. Answers 400 for what isn't of that shape. */
function control<S extends z.ZodType>(
  method: PageRoute['method'],
  path: string,
  shape: S,
  run: (call: PageCall, body: z.infer<S>) => object | null,
): PageRoute {
  return {
    method,
    path: `/_sandbox/paypal/${path}`,
    run: (call) => {
      const body = shape.safeParse(call.json ?? {});
      if (!body.success) return wrong(z.prettifyError(body.error));
      const done = call.api.store.attempt(() => run(call, body.data));
      return done ? json(done) : wrong('nothing of that id', 404);
    },
  };
}

const stage = z.enum(['INQUIRY', 'CHARGEBACK']);

export const payPalControls: PageRoute[] = [
  // Whether the payer's account pays from now on.
  control(
    'PUT',
    'subscriptions/:id/payer',
    z.strictObject({ pays: z.boolean() }),
    ({ api, id }, { pays }) => {
      if (!api.store.find('paypal.subscription', id)) return null;
      api.store.patch('paypal.subscription', id, { pays });
      return { pays };
    },
  ),
  // Whether refunds come from the seller's bank account, so that they wait.
  control('PUT', 'seller', z.strictObject({ refunds_by_echeck: z.boolean() }), ({ api }, body) =>
    api.store.put('paypal.seller', { id: 'seller', ...body }),
  ),
  // What became of a refund that waited.
  control(
    'PUT',
    'refunds/:id',
    z.strictObject({ status: z.enum(['COMPLETED', 'FAILED']) }),
    ({ api, id }, { status }) => (settleRefund(api, id, status) ? { status } : null),
  ),
  // A payer disputes a payment, whole unless `amount` says how many cents.
  control(
    'POST',
    'captures/:id/dispute',
    z.strictObject({
      reason: z.string().default('MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED'),
      stage: stage.default('CHARGEBACK'),
      amount: z.int().positive().optional(),
    }),
    ({ api, id }, { amount, ...body }) => {
      const capture = api.store.find('paypal.capture', id);
      return capture
        ? openDispute(api, capture, { ...body, amount: amount ?? capture.amount })
        : null;
    },
  ),
  control(
    'PUT',
    'disputes/:id',
    z.strictObject({
      status: z
        .enum(['WAITING_FOR_SELLER_RESPONSE', 'UNDER_REVIEW', 'RESOLVED', 'OPEN'])
        .optional(),
      stage: stage.optional(),
      outcome: z.string().optional(),
    }),
    ({ api, id }, { status, stage, outcome }) => {
      const dispute = api.store.find('paypal.dispute', id);
      return dispute
        ? moveDispute(api, dispute, {
            ...(status ? { status } : {}),
            ...(stage ? { stage } : {}),
            ...(outcome ? { outcome } : {}),
          })
        : null;
    },
  ),
];

import { callPayPal, orMissing } from '@/lib/infra/paypal';
import { z } from 'zod';
import { payPalMoney } from './money';

const links = z.array(z.object({ rel: z.string(), href: z.string() })).default([]);

const refundShape = z.object({
  id: z.string(),
  status: z.string(),
  amount: payPalMoney,
  /** Ours, when we asked for it. */
  custom_id: z.string().optional(),
  create_time: z.coerce.date(),
  links,
});
export type PayPalRefund = z.infer<typeof refundShape>;

const disputeShape = z.object({
  dispute_id: z.string(),
  reason: z.string(),
  status: z.string(),
  dispute_life_cycle_stage: z.string().optional(),
  dispute_amount: payPalMoney,
  dispute_outcome: z.object({ outcome_code: z.string().optional() }).optional(),
  disputed_transactions: z
    .array(z.object({ seller_transaction_id: z.string().optional() }))
    .default([]),
  seller_response_due_date: z.coerce.date().optional(),
  create_time: z.coerce.date(),
});
export type PayPalDispute = z.infer<typeof disputeShape>;

const at = (path: string, id: string) => `${path}/${encodeURIComponent(id)}`;

/** Null when PayPal doesn't know it. */
export const findRefund = (id: string): Promise<PayPalRefund | null> =>
  orMissing(callPayPal({ method: 'GET', path: at('/v2/payments/refunds', id) }, refundShape));

/** Null when PayPal doesn't know it. */
export const findDispute = (id: string): Promise<PayPalDispute | null> =>
  orMissing(callPayPal({ method: 'GET', path: at('/v1/customer/disputes', id) }, disputeShape));

/** Ids of the disputes of a payment, the newest first; those of the last 180 days. */
export async function listDisputes(paymentId: string): Promise<string[]> {
  const shape = z.object({ items: z.array(z.object({ dispute_id: z.string() })).default([]) });
  const query = new URLSearchParams({ disputed_transaction_id: paymentId, page_size: '50' });
  const path = `/v1/customer/disputes?${query.toString()}`;
  const found = await orMissing(callPayPal({ method: 'GET', path }, shape));
  return (found?.items ?? []).map(({ dispute_id }) => dispute_id);
}

/** What a payment carries of ours; null when PayPal doesn't know it. */
export async function customIdOf(paymentId: string): Promise<string | null> {
  const path = at('/v2/payments/captures', paymentId);
  const shape = z.object({ custom_id: z.string().optional() });
  return (await orMissing(callPayPal({ method: 'GET', path }, shape)))?.custom_id ?? null;
}

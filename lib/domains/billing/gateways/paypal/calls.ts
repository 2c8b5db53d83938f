import { callPayPal, isPayPalRefusal, orMissing, tellPayPal } from '@/lib/infra/paypal';
import { z } from 'zod';
import { payPalMoney } from './money';

/** Why we suspended or cancelled: PayPal keeps it with the status, and it is read back from there. */
export const NOTES = {
  paused: 'Paused by the customer',
  ending: 'Ends with the paid period',
  ended: 'Ended by the customer',
  unpaid: 'The first payment failed',
  duplicate: 'Made twice',
} as const;

const subscriptionShape = z.object({
  id: z.string(),
  plan_id: z.string(),
  status: z.string(),
  status_change_note: z.string().optional(),
  status_update_time: z.coerce.date(),
  start_time: z.coerce.date(),
  create_time: z.coerce.date(),
  custom_id: z.string().optional(),
  billing_info: z
    .object({
      outstanding_balance: payPalMoney.optional(),
      last_payment: z.object({ amount: payPalMoney, time: z.coerce.date() }).optional(),
      next_billing_time: z.coerce.date().optional(),
      failed_payments_count: z.int().default(0),
    })
    .optional(),
  links: z.array(z.object({ rel: z.string(), href: z.string() })).default([]),
});
/** A subscription as PayPal shows it. */
export type Live = z.infer<typeof subscriptionShape>;

const transactionShape = z.object({
  id: z.string(),
  status: z.string(),
  amount_with_breakdown: z.object({ gross_amount: payPalMoney }),
  time: z.coerce.date(),
});
/** A payment, or one that was declined. */
export type Transaction = z.infer<typeof transactionShape>;

/** Statuses of a payment that was made, whatever became of it later. */
const PAID = new Set(['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED']);

export const wasPaid = ({ status }: Pick<Transaction, 'status'>): boolean => PAID.has(status);

const AT = '/v1/billing/subscriptions';
const DAY_MS = 86_400_000;

export const createSubscription = (body: object, requestId: string): Promise<Live> =>
  callPayPal({ method: 'POST', path: AT, body, requestId }, subscriptionShape);

export const retrieve = (id: string): Promise<Live> =>
  callPayPal({ method: 'GET', path: `${AT}/${id}` }, subscriptionShape);

/** Null when PayPal doesn't know it, as with one that nobody approved in time. */
export const find = (id: string): Promise<Live | null> => orMissing(retrieve(id));

/**
 * Changes the status of a subscription that was seen as `live`. PayPal has no key for it and refuses what was done
 * before; when the status isn't what it was, somebody else did it in this moment, or a call whose answer was lost.
 */
export async function move(
  live: Pick<Live, 'id' | 'status'>,
  verb: 'suspend' | 'activate' | 'cancel',
  reason: string,
): Promise<void> {
  try {
    await tellPayPal({ method: 'POST', path: `${AT}/${live.id}/${verb}`, body: { reason } });
  } catch (error) {
    if (!isPayPalRefusal(error)) throw error;
    const now = await find(live.id);
    if (now?.status === live.status) throw error;
  }
}

/** All payments of a subscription until `now`, oldest first. */
export async function listTransactions(live: Live, now: Date): Promise<Transaction[]> {
  const query = new URLSearchParams({
    start_time: live.create_time.toISOString(),
    end_time: new Date(now.getTime() + DAY_MS).toISOString(),
  });
  const shape = z.object({ transactions: z.array(transactionShape).default([]) });
  const path = `${AT}/${live.id}/transactions?${query.toString()}`;
  const { transactions } = await callPayPal({ method: 'GET', path }, shape);
  return transactions.toSorted((a, b) => a.time.getTime() - b.time.getTime());
}

/** Sets what is owed, in PayPal's words; it replaces what was owed before. */
export const setOutstanding = (id: string, value: z.infer<typeof payPalMoney>): Promise<void> =>
  tellPayPal({
    method: 'PATCH',
    path: `${AT}/${id}`,
    body: [{ op: 'replace', path: '/billing_info/outstanding_balance', value }],
  });

/**
 * Takes a part of what is owed at once; the answer's status says whether it was paid. Null when PayPal only says that it
 * has accepted the request.
 */
export const capture = (
  id: string,
  amount: z.infer<typeof payPalMoney>,
  note: string,
  requestId: string,
): Promise<Transaction | null> =>
  callPayPal(
    {
      method: 'POST',
      path: `${AT}/${id}/capture`,
      body: { note, capture_type: 'OUTSTANDING_BALANCE', amount },
      requestId,
    },
    transactionShape.nullable(),
  );

import { callPayPal } from '@/lib/infra/paypal';
import { z } from 'zod';
import type { ProviderRefund } from '../../provider-state';
import type { Gateway } from '../port';
import { moneyOf } from './money';

/** A payment to be given back, whole or in part; amount in minor units. `key` is the refund's, which carries it. */
type PayPalRefund = {
  captureId: string;
  amount: number;
  currency: string;
  key: string;
  note: string | null;
};
type Standing = Pick<ProviderRefund, 'providerId' | 'status' | 'failure'>;

const refunded = z.object({ id: z.string(), status: z.string() });

/** How far a refund has got; one that comes from the seller's bank account is PENDING for days. */
export function standingOf({ id: providerId, status }: z.infer<typeof refunded>): Standing {
  if (status === 'COMPLETED') return { providerId, status: 'done', failure: null };
  if (status === 'PENDING') return { providerId, status: 'sent', failure: null };
  return { providerId, status: 'failed', failure: 'PayPal didn’t pay it back.' };
}

/**
 * Gives back a payment of PayPal's, known by the provider's id of its invoice. The same key gives the first answer
 * again. Throws a refusal (`isPayPalRefusal`) for more than is left of it.
 */
export async function refundCapture(order: PayPalRefund): Promise<Standing> {
  const { captureId, amount, currency, key, note } = order;
  const made = await callPayPal(
    {
      method: 'POST',
      path: `/v2/payments/captures/${captureId}/refund`,
      body: {
        amount: moneyOf(amount, currency),
        custom_id: key,
        ...(note ? { note_to_payer: note } : {}),
      },
      requestId: `refund-${key}`,
    },
    refunded,
  );
  return standingOf(made);
}

/** PayPal keeps the answer to a key for 45 days, which no job waits for. */
export const refund: Gateway['refund'] = ({ id, invoiceProviderId, amount, currency }) =>
  refundCapture({ captureId: invoiceProviderId, amount, currency, key: id, note: null });

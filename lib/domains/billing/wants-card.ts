import { type GatewayName, gatewaySchema } from './schemas';

/** Whether a gateway charges a card that is entered apart; else the payer's consent carries the payment. */
const takesCards: Record<GatewayName, boolean> = { stripe: true, paypal: false };

/** Whether what runs is charged to a card that another may take the place of. */
export function mayReplaceCard(row: {
  status: string;
  gateway: string;
  providerId: string | null;
  invoiceDays: number | null;
}): boolean {
  const runs = row.providerId !== null && !['incomplete', 'cancelled'].includes(row.status);
  return runs && row.invoiceDays === null && takesCards[gatewaySchema.parse(row.gateway)];
}

/** Whether a trial runs that ends without a payment unless somebody enters a card. */
export function wantsCard(row: {
  status: string;
  gateway: string;
  card: unknown;
  invoiceDays: number | null;
}): boolean {
  const cardless = row.card === null && row.invoiceDays === null;
  return row.status === 'trialing' && cardless && takesCards[gatewaySchema.parse(row.gateway)];
}

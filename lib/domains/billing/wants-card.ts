import { type GatewayName, gatewaySchema } from './schemas';

/** Whether a gateway charges a card that is entered apart; else the payer's consent carries the payment. */
const takesCards: Record<GatewayName, boolean> = { stripe: true, paypal: false };

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

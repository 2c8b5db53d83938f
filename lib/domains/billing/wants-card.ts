import { gatewayOf } from './gateways/find-gateway';

/** Whether a card is charged that is entered apart; else the payer's consent or an invoice carries the payment. */
const takesCard = (row: { gateway: string; invoiceDays: number | null }) =>
  row.invoiceDays === null && gatewayOf(row).account === null;

/** Whether what runs is charged to a card that another may take the place of. */
export function mayReplaceCard(row: {
  status: string;
  gateway: string;
  providerId: string | null;
  invoiceDays: number | null;
}): boolean {
  const runs = row.providerId !== null && !['incomplete', 'cancelled'].includes(row.status);
  return runs && takesCard(row);
}

/** Whether a trial runs that ends without a payment unless somebody enters a card. */
export function wantsCard(row: {
  status: string;
  gateway: string;
  card: unknown;
  invoiceDays: number | null;
}): boolean {
  return row.status === 'trialing' && row.card === null && takesCard(row);
}

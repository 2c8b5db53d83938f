import { invalid } from '@/sandbox/http/errors';
import type { Api } from '@/sandbox/stripe/api';
import { isLive } from '@/sandbox/stripe/subscription-state';

/** The currency that a customer is bound to by a subscription that lives or an item that waits for an invoice. */
function boundTo(api: Api, customer: string): string | undefined {
  const sub = api.store.all('subscription').find((row) => row.customer === customer && isLive(row));
  const item = api.store
    .all('invoiceitem')
    .find((row) => row.customer === customer && row.invoice === null);
  return sub?.currency ?? item?.currency;
}

/** Everything that a customer is billed for at a time is in one currency. */
export function requireOneCurrency(api: Api, customer: string, currency: string): void {
  const bound = boundTo(api, customer);
  if (bound === undefined || bound === currency) return;
  throw invalid(
    `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency ${bound}.`,
  );
}

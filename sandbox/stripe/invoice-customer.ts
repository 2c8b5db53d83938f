import type { Api } from '@/sandbox/stripe/api';
import { taxIdsOf } from '@/sandbox/stripe/tax-id-routes';
import type { Invoice } from '@/sandbox/stripe/wire';

type Facts = Pick<
  Invoice,
  | 'customer_address'
  | 'customer_email'
  | 'customer_name'
  | 'customer_phone'
  | 'customer_tax_exempt'
  | 'customer_tax_ids'
>;

/** Who an invoice is made out to: until it is final, that follows the customer. */
export function customerFacts(api: Api, id: string): Facts {
  const customer = api.store.get('customer', id);
  return {
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: taxIdsOf(api, id).map(({ type, value }) => ({ type, value })),
  };
}

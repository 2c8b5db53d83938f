import { callStripe } from '@/lib/infra/stripe';
import { publicId } from '@/lib/kernel/ids';
import type { Gateway } from '../port';
import { idOf } from './from-stripe';

/**
 * The creating call says the same for a tenant whoever makes it, so that the idempotency key holds
 * however often it is repeated; name and address, which may change meanwhile, follow in a call of
 * their own.
 */
export const createCustomer: Gateway['createCustomer'] = async ({
  tenantId,
  name,
  email,
  clockId,
}) => {
  const customer = await callStripe((stripe) =>
    stripe.customers.create(
      {
        metadata: { tenant_id: publicId('tenant', tenantId) },
        ...(clockId ? { test_clock: clockId } : {}),
      },
      { idempotencyKey: `customer-${tenantId}` },
    ),
  );
  await callStripe((stripe) =>
    stripe.customers.update(customer.id, { name, ...(email ? { email } : {}) }),
  );
  return customer.id;
};

/** The card a new subscription may be charged to: the customer's own choice, else the latest that hasn't expired. */
export async function findCard(customer: string, now: Date): Promise<string | null> {
  const { data } = await callStripe((stripe) =>
    stripe.customers.listPaymentMethods(customer, { type: 'card', limit: 100 }),
  );
  const good = data.filter(({ card }) => {
    if (!card) return false;
    return new Date(Date.UTC(card.exp_year, card.exp_month)) > now;
  });
  const known = await callStripe((stripe) => stripe.customers.retrieve(customer));
  const chosen = known.deleted ? null : idOf(known.invoice_settings.default_payment_method);
  return (good.find(({ id }) => id === chosen) ?? good[0])?.id ?? null;
}

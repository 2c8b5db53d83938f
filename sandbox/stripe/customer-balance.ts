import type { Api } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';

/** Moves a customer's balance (negative = credit) and keeps the record of it. */
export function moveBalance(
  api: Api,
  customerId: string,
  amount: number,
  type: string,
  of: {
    invoice?: string;
    credit_note?: string;
    description?: string | null;
    metadata?: Record<string, string>;
    currency: string;
  },
) {
  const customer = api.store.get('customer', customerId);
  const balance = customer.balance + amount;
  api.update('customer', customerId, { balance, currency: customer.currency ?? of.currency });
  return api.store.put('customer_balance_transaction', {
    id: newId('cbtxn'),
    object: 'customer_balance_transaction',
    amount,
    checkout_session: null,
    created: api.now(customer.test_clock),
    credit_note: of.credit_note ?? null,
    currency: of.currency,
    customer: customerId,
    customer_account: null,
    description: of.description ?? null,
    ending_balance: balance,
    invoice: of.invoice ?? null,
    livemode: false,
    metadata: of.metadata ?? {},
    type,
  });
}

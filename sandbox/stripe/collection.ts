import { invalid } from '@/sandbox/http/errors';
import type { Subscription } from '@/sandbox/stripe/wire';

/** Days until invoices are due belong to `send_invoice`, which can't be without them. */
export function collectionOf(
  sub: Subscription,
  method: Subscription['collection_method'] = sub.collection_method,
  days: number | null = sub.days_until_due,
): Pick<Subscription, 'collection_method' | 'days_until_due'> {
  if (method === 'charge_automatically') return { collection_method: method, days_until_due: null };
  if (days === null)
    throw invalid(
      'When updating a subscription with `collection_method` set to `send_invoice`, you must also specify `days_until_due`.',
      'days_until_due',
      'parameter_missing',
    );
  return { collection_method: method, days_until_due: days };
}

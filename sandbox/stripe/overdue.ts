import type { Api } from '@/sandbox/stripe/api';
import { type Job, once } from '@/sandbox/stripe/once';
import { dunning, subscriptionUnpaid } from '@/sandbox/stripe/subscription-state';
import type { Invoice } from '@/sandbox/stripe/wire';

const DAY = 86_400;

const unpaidSubscription = (api: Api, { parent }: Invoice, final: boolean) => {
  const subscription = parent?.subscription_details?.subscription;
  if (subscription) subscriptionUnpaid(api, subscription, final);
};

/**
 * What time does to an invoice that was sent and isn't paid: when its due date has passed it is overdue, and its subscription
 * `past_due`; after the account's further days the subscription ends up as unpaid renewals do. Nothing of it is tried again by
 * itself: the customer pays it.
 */
export function overdueJobs(api: Api, invoice: Invoice): Job[] {
  const { id, due_date: due } = invoice;
  const sent = invoice.collection_method === 'send_invoice' && invoice.status === 'open';
  if (!sent || due === null || invoice.amount_remaining === 0) return [];
  return [
    ...once(api, `overdue:${id}`, due, () => {
      if (invoice.customer) api.update('customer', invoice.customer, { delinquent: true });
      api.emit('invoice.overdue', api.store.get('invoice', id));
      unpaidSubscription(api, invoice, false);
    }),
    ...once(api, `given-up:${id}`, due + dunning(api).overdue_days * DAY, () =>
      unpaidSubscription(api, invoice, true),
    ),
  ];
}

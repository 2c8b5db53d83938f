import { newId } from '@/sandbox/paypal/ids';
import { timeOf } from '@/sandbox/paypal/money';
import type { PayPalEvent } from '@/sandbox/paypal/records';
import type { Api } from '@/sandbox/stripe/api';

/** Where the PayPal side answers; addresses in its answers start with it. */
export const baseOf = (api: Api) => `${api.url}/paypal`;

/** Tells every webhook that listens. `resource` is snapshotted. */
export function tell(
  api: Api,
  type: string,
  summary: string,
  resource_type: string,
  resource: object,
  clock: string | null = null,
): void {
  const id = newId('WH');
  const event: PayPalEvent = {
    id,
    event_version: '1.0',
    create_time: timeOf(api.now(clock)),
    resource_type,
    resource_version: '2.0',
    event_type: type,
    summary,
    resource: structuredClone(resource),
    links: [
      { href: `${baseOf(api)}/v1/notifications/webhooks-events/${id}`, rel: 'self', method: 'GET' },
    ],
  };
  api.store.put('paypal.event', event);
  api.announce({ sender: 'paypal', id, type });
}

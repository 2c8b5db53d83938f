import type { Sender } from '@/sandbox/webhooks/sender';
import { signPayload } from '@/sandbox/webhooks/sign';

export const stripeSender: Sender = {
  listeners: (store, type) =>
    store
      .all('webhook_endpoint')
      .filter(({ enabled_events: types }) => types.includes('*') || types.includes(type))
      .filter(({ status }) => status === 'enabled')
      .map(({ id }) => id),
  find: (store, id) => {
    const event = store.find('event', id);
    return event && { sender: 'stripe', id, type: event.type };
  },
  write: (store, { event: id, endpoint: to }, at) => {
    const event = store.find('event', id);
    const endpoint = store.find('webhook_endpoint', to);
    if (!event || !endpoint) return undefined;
    const body = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);
    const { secret } = store.get('_secret', endpoint.id);
    return {
      url: endpoint.url,
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (local sandbox)',
        'stripe-signature': signPayload(body, secret, Math.floor(at / 1000)),
      },
    };
  },
};

import { randomUUID } from 'node:crypto';
import { signingKey, signTransmission } from '@/sandbox/paypal/signature';
import type { Sender } from '@/sandbox/webhooks/sender';

export const payPalSender: Sender = {
  listeners: (store, type) =>
    store
      .all('paypal.webhook')
      .filter(({ event_types }) => event_types.some(({ name }) => name === '*' || name === type))
      .map(({ id }) => id),
  find: (store, id) => {
    const event = store.find('paypal.event', id);
    return event && { sender: 'paypal', id, type: event.event_type };
  },
  write: (store, { event: id, endpoint }, at) => {
    const event = store.find('paypal.event', id);
    const webhook = store.find('paypal.webhook', endpoint);
    if (!event || !webhook) return undefined;
    const body = JSON.stringify(event);
    const key = signingKey(store);
    const transmission = {
      id: randomUUID(),
      time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
      webhook: webhook.id,
    };
    return {
      url: webhook.url,
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'PayPal/AUHD-214.0 (local sandbox)',
        'paypal-auth-algo': 'SHA256withRSA',
        'paypal-auth-version': 'v2',
        // The event's own link says where this sandbox answers.
        'paypal-cert-url': new URL(`/paypal/v1/notifications/certs/${key.id}`, event.links[0]?.href)
          .href,
        'paypal-transmission-id': transmission.id,
        'paypal-transmission-time': transmission.time,
        'paypal-transmission-sig': signTransmission(key, transmission, body),
      },
    };
  },
};

import { z } from 'zod';
import { paged } from '@/sandbox/paypal/catalogue';
import { type Answer, type Call, endpoint, NO_BODY } from '@/sandbox/paypal/endpoint';
import { notFound, refused } from '@/sandbox/paypal/errors';
import { baseOf } from '@/sandbox/paypal/events';
import { newId } from '@/sandbox/paypal/ids';
import { rawValueOf } from '@/sandbox/paypal/raw-json';
import type { Webhook } from '@/sandbox/paypal/records';
import { signingKey, verifyTransmission } from '@/sandbox/paypal/signature';
import type { Api } from '@/sandbox/stripe/api';

const webhookShape = z.strictObject({
  url: z.url().max(2048),
  event_types: z.array(z.strictObject({ name: z.string().min(1) })).min(1),
});
const verifyShape = z.strictObject({
  auth_algo: z.string(),
  cert_url: z.url(),
  transmission_id: z.string(),
  transmission_sig: z.string(),
  transmission_time: z.string(),
  webhook_id: z.string(),
  webhook_event: z.record(z.string(), z.unknown()),
});

function shown(api: Api, webhook: Webhook): object {
  const href = `${baseOf(api)}/v1/notifications/webhooks/${webhook.id}`;
  return { ...webhook, links: [{ href, rel: 'self', method: 'GET' }] };
}

function requireWebhook(api: Api, id: string): Webhook {
  const webhook = api.store.find('paypal.webhook', id);
  if (!webhook) throw notFound(id);
  return webhook;
}

function create({ api, body }: Call<z.infer<typeof webhookShape>>): Answer {
  if (api.store.all('paypal.webhook').some(({ url }) => url === body.url))
    throw refused('WEBHOOK_URL_ALREADY_EXISTS', 'Webhook URL already exists', '/url');
  const webhook = api.store.put('paypal.webhook', { id: newId(), ...body });
  return { status: 201, body: shown(api, webhook) };
}

/** Like PayPal's, it judges the event's bytes as they stand in the request: an event that was written anew fails. */
function verify({ api, body, raw }: Call<z.infer<typeof verifyShape>>): Answer {
  const key = signingKey(api.store);
  const transmission = {
    id: body.transmission_id,
    time: body.transmission_time,
    webhook: body.webhook_id,
  };
  const good =
    body.auth_algo === 'SHA256withRSA' &&
    body.cert_url === certificateUrl(api) &&
    api.store.find('paypal.webhook', body.webhook_id) !== undefined &&
    verifyTransmission(key, transmission, rawValueOf(raw, 'webhook_event'), body.transmission_sig);
  return { status: 200, body: { verification_status: good ? 'SUCCESS' : 'FAILURE' } };
}

export function certificateUrl(api: Api): string {
  return `${baseOf(api)}/v1/notifications/certs/${signingKey(api.store).id}`;
}

export const webhookEndpoints = [
  endpoint('POST /v1/notifications/webhooks', webhookShape, create),
  endpoint('GET /v1/notifications/webhooks', NO_BODY, ({ api }) => ({
    status: 200,
    body: { webhooks: api.store.all('paypal.webhook').map((each) => shown(api, each)) },
  })),
  endpoint('GET /v1/notifications/webhooks/:id', NO_BODY, ({ api, id }) => ({
    status: 200,
    body: shown(api, requireWebhook(api, id)),
  })),
  endpoint('DELETE /v1/notifications/webhooks/:id', NO_BODY, ({ api, id }) => {
    api.store.remove('paypal.webhook', requireWebhook(api, id).id);
    return { status: 204 };
  }),
  endpoint('POST /v1/notifications/verify-webhook-signature', verifyShape, verify),
  endpoint('GET /v1/notifications/webhooks-events', NO_BODY, ({ api, query }) => {
    const type = query.get('event_type');
    const events = api.store
      .all('paypal.event')
      .filter((each) => !type || each.event_type === type);
    return paged('events', events.reverse(), query);
  }),
  endpoint('GET /v1/notifications/webhooks-events/:id', NO_BODY, ({ api, id }) => {
    const event = api.store.find('paypal.event', id);
    if (!event) throw notFound(id);
    return { status: 200, body: event };
  }),
];

import type Stripe from 'stripe';
import { type Api, API_VERSION, mergeMetadata } from '@/sandbox/stripe/api';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { newId, randomToken } from '@/sandbox/stripe/ids';
import type { StripeEvent, WebhookEndpoint } from '@/sandbox/stripe/wire';

type NewEndpoint = {
  url: string;
  enabled_events: string[];
  description?: string | null;
  metadata?: Record<string, string>;
  secret?: string;
  id?: string;
};

export function createEndpoint(api: Api, input: NewEndpoint): WebhookEndpoint & { secret: string } {
  if (!/^https?:\/\//.test(input.url))
    throw invalid(
      'Invalid URL: An explicit scheme (such as https) must be provided.',
      'url',
      'url_invalid',
    );
  const id = input.id ?? newId('we');
  const secret = input.secret ?? `whsec_${randomToken(32)}`;
  api.store.put('_secret', { id, secret });
  const endpoint = api.store.put('webhook_endpoint', {
    id,
    object: 'webhook_endpoint',
    api_version: API_VERSION,
    application: null,
    created: api.realNow(),
    description: input.description ?? null,
    enabled_events: input.enabled_events,
    livemode: false,
    metadata: input.metadata ?? {},
    status: 'enabled',
    url: input.url,
  });
  return { ...endpoint, secret };
}

function withPending(api: Api, event: StripeEvent): StripeEvent {
  const pending = api.store
    .all('_delivery')
    .filter((each) => each.event === event.id && each.status === 'pending');
  return { ...event, pending_webhooks: pending.length };
}

export const eventRoutes = [
  listRoute('GET /v1/events', 'type types created', 'event', (p: Stripe.EventListParams, row) => {
    const fits = (type: string) =>
      type === row.type || (type.endsWith('*') && row.type.startsWith(type.slice(0, -1)));
    return (!p.type || fits(p.type)) && (!p.types || p.types.some(fits));
  }),
  route('GET /v1/events/:id', '', (_, { api, id }) => withPending(api, api.require('event', id))),

  route<Stripe.WebhookEndpointCreateParams>(
    'POST /v1/webhook_endpoints',
    'url enabled_events description metadata api_version',
    (p, { api }) =>
      createEndpoint(api, {
        url: p.url,
        enabled_events: p.enabled_events,
        description: p.description || null,
        metadata: mergeMetadata({}, p.metadata),
      }),
  ),
  listRoute('GET /v1/webhook_endpoints', '', 'webhook_endpoint'),
  route('GET /v1/webhook_endpoints/:id', '', (_, { api, id }) =>
    api.require('webhook_endpoint', id),
  ),
  route<Stripe.WebhookEndpointUpdateParams>(
    'POST /v1/webhook_endpoints/:id',
    'url enabled_events description metadata disabled',
    (p, { api, id }) => {
      const endpoint = api.require('webhook_endpoint', id);
      return api.store.patch('webhook_endpoint', id, {
        url: p.url ?? endpoint.url,
        enabled_events: p.enabled_events ?? endpoint.enabled_events,
        description: p.description ?? endpoint.description,
        metadata: mergeMetadata(endpoint.metadata, p.metadata),
        status: p.disabled === undefined ? endpoint.status : p.disabled ? 'disabled' : 'enabled',
      });
    },
  ),
  route('DELETE /v1/webhook_endpoints/:id', '', (_, { api, id }) => {
    api.require('webhook_endpoint', id);
    api.store.remove('webhook_endpoint', id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }),
];

import { readSignedTransmission } from '@/lib/infra/paypal';
import { z } from 'zod';
import type { Mention } from '../../provider-state';
import type { Gateway } from '../port';
import { customIdOf } from './money-back-calls';
import { readReference } from './reference';

const idOf = z.string().regex(/^[\w-]{1,64}$/);

/** The parts of an event that say whose it is and of what it speaks; everything else is asked of PayPal. */
const eventShape = z.object({
  id: z.string().min(1).max(255),
  event_type: z.string().max(255),
  resource_type: z.string().optional(),
  resource: z.object({
    id: idOf.optional().catch(undefined),
    custom_id: z.string().optional(),
    /** What a payment calls it. */
    custom: z.string().optional(),
    /** Of a refund: the payment that it gives back, in the older words or by its link. */
    sale_id: idOf.optional().catch(undefined),
    links: z
      .array(z.object({ rel: z.string(), href: z.string() }))
      .default([])
      .catch([]),
    dispute_id: idOf.optional().catch(undefined),
    disputed_transactions: z
      .array(z.object({ seller_transaction_id: idOf.optional(), custom: z.string().optional() }))
      .default([])
      .catch([]),
  }),
});
type Event = z.infer<typeof eventShape>;

function parse(rawBody: string): unknown {
  try {
    return JSON.parse(rawBody) as unknown;
  } catch {
    return null;
  }
}

export const readWebhook: Gateway['readWebhook'] = async (rawBody, header, now) => {
  const event = eventShape.safeParse(parse(rawBody));
  if (!event.success || !(await readSignedTransmission(rawBody, header, now))) return null;
  return { id: event.data.id, type: event.data.event_type };
};

/** What an event speaks of that PayPal lists nowhere. */
function mentionOf({ resource_type, resource }: Event): Mention | null {
  const { id, sale_id, dispute_id } = resource;
  if (dispute_id) return { kind: 'dispute', providerId: dispute_id };
  const refund = id && (resource_type === 'refund' || sale_id !== undefined);
  return refund ? { kind: 'refund', providerId: id } : null;
}

/** The payment that was given back or is disputed. */
function paymentOf({ resource }: Event): string | null {
  const up = resource.links
    .find(({ rel }) => rel === 'up')
    ?.href.split('/')
    .at(-1);
  const [disputed] = resource.disputed_transactions;
  return resource.sale_id ?? disputed?.seller_transaction_id ?? idOf.safeParse(up).data ?? null;
}

/** Most events carry what we wrote; those of refunds and disputes name a payment, and that carries it. */
async function referenceOf(event: Event) {
  const { custom_id, custom, disputed_transactions } = event.resource;
  const known = readReference(custom_id ?? custom ?? disputed_transactions[0]?.custom);
  const payment = known || !mentionOf(event) ? null : paymentOf(event);
  return payment ? readReference((await customIdOf(payment)) ?? undefined) : known;
}

export const whoseEvent: Gateway['whoseEvent'] = async (body) => {
  const event = eventShape.safeParse(body);
  if (!event.success) return { customerId: null, tenantPublicId: null };
  const tenantPublicId = (await referenceOf(event.data))?.tenantPublicId ?? null;
  return { customerId: tenantPublicId, tenantPublicId, mention: mentionOf(event.data) };
};

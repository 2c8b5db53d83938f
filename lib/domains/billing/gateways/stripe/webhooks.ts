import { callStripe, isLiveMode, readSignedEvent, stripeErrorCode } from '@/lib/infra/stripe';
import { DomainError } from '@/lib/kernel/errors';
import { z } from 'zod';
import type { Gateway } from '../port';
import { idOf } from './from-stripe';

const refused = (detail: string) => new DomainError('malformed', 'webhook_refused', detail);

/** The parts of an event that say whose it is; everything else is asked of the provider. */
const eventShape = z.object({
  id: z.string().max(255),
  type: z.string().max(255),
  data: z.object({
    object: z.object({
      id: z.string().optional(),
      object: z.string().optional(),
      charge: z.string().nullish(),
      customer: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
    }),
  }),
});

/** Throws 400 `webhook_refused` for another account's events and those of the other mode. */
export const readWebhook: Gateway['readWebhook'] = async (rawBody, header, now) => {
  const signature = header('stripe-signature');
  const event = signature ? readSignedEvent(rawBody, signature, now) : null;
  if (!event || !eventShape.safeParse(event).success) return null;
  if (event.account) throw refused('This event belongs to another account.');
  if (event.livemode !== isLiveMode()) throw refused('This event is of another mode than our key.');
  return { id: event.id, type: event.type };
};

/** Who paid a charge; a dispute names nobody but by its charge. */
async function payerOf(charge: string): Promise<string | null> {
  try {
    const { customer } = await callStripe((stripe) => stripe.charges.retrieve(charge));
    return idOf(customer);
  } catch (error) {
    if (stripeErrorCode(error) !== 'resource_missing') throw error;
    return null;
  }
}

export const whoseEvent: Gateway['whoseEvent'] = async (body) => {
  const event = eventShape.safeParse(body);
  if (!event.success) return { customerId: null, tenantPublicId: null };
  const { object } = event.data.data;
  const known = object.object === 'customer' ? object.id : idOf(object.customer);
  const byCharge = object.object === 'dispute' ? object.charge : null;
  const customerId = known ?? (byCharge ? await payerOf(byCharge) : null);
  return { customerId, tenantPublicId: object.metadata?.tenant_id ?? null };
};

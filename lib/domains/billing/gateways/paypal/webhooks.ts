import { readSignedTransmission } from '@/lib/infra/paypal';
import { z } from 'zod';
import type { Gateway } from '../port';
import { readReference } from './reference';

/** The parts of an event that say whose it is; everything else is asked of PayPal. */
const eventShape = z.object({
  id: z.string().min(1).max(255),
  event_type: z.string().max(255),
  resource: z.object({
    custom_id: z.string().optional(),
    /** What a payment calls it. */
    custom: z.string().optional(),
  }),
});

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

export const whoseEvent: Gateway['whoseEvent'] = (body) => {
  const event = eventShape.safeParse(body);
  if (!event.success) return { customerId: null, tenantPublicId: null };
  const { custom_id, custom } = event.data.resource;
  const tenantPublicId = readReference(custom_id ?? custom)?.tenantPublicId ?? null;
  return { customerId: tenantPublicId, tenantPublicId };
};

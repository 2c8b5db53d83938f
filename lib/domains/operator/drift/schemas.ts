import { z } from 'zod';
import { driftCures, driftFields } from '@/lib/domains/billing/drift/schemas';
import { gatewaySchema } from '@/lib/domains/billing/schemas';
import { given, page, search } from '../list-parts';

export const driftKinds = ['subscription', 'invoice'] as const;

export const adminDriftQuery = z.strictObject({
  ...page,
  search,
  kind: given(z.enum(driftKinds)),
});
export type AdminDriftQuery = z.output<typeof adminDriftQuery>;

export const adminDrift = z.object({
  id: z.string(),
  kind: z.enum(driftKinds),
  tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  subscription_id: z.string().nullable(),
  invoice: z
    .object({ id: z.string(), number: z.string().nullable(), currency: z.string() })
    .nullable(),
  gateway: gatewaySchema,
  provider_id: z.string().nullable(),
  /** `ours`: what was wished, or follows from the rules; null where nothing does. Amounts in minor units. */
  differences: z.array(
    z.object({
      field: z.enum(driftFields),
      about: z.string().nullable(),
      ours: z.json(),
      theirs: z.json(),
    }),
  ),
  found_at: z.iso.datetime(),
});
export type AdminDrift = z.infer<typeof adminDrift>;

export const adminDriftPage = z.object({
  data: z.array(adminDrift),
  next_cursor: z.string().nullable(),
});
export type AdminDriftPage = z.infer<typeof adminDriftPage>;

/**
 * `push_ours` makes true at the provider what was wished; `take_theirs` wishes for what is there, and of an
 * invoice accepts the difference.
 */
export const driftHealBody = z.strictObject({ cure: z.enum(driftCures) });
export const driftHealInput = driftHealBody.extend({ id: z.string().max(60) });
export type DriftHealInput = z.output<typeof driftHealInput>;

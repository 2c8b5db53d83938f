import { z } from 'zod';

/** What may differ of a subscription, then of an invoice. */
export const driftFields = [
  'terms',
  'next',
  'end',
  'paused',
  'status',
  'currency',
  'subtotal',
  'discount',
  'tax',
  'total',
  'line',
] as const;

/** One thing that is otherwise at the provider than it is wished, or was expected, here. */
export const driftSchema = z.object({
  field: z.enum(driftFields),
  /** Which line of an invoice, in its own words. */
  about: z.string().optional(),
  /** Null in a line: nothing here says what it should be. Amounts in minor units. */
  wished: z.json(),
  provider: z.json(),
});
export type Drift = z.infer<typeof driftSchema>;

export const driftCures = ['push_ours', 'take_theirs'] as const;
export type DriftCure = (typeof driftCures)[number];

import { z } from 'zod';
import { limitNameSchema, planIdSchema } from '../schemas';

/** `extra_members`; never a plan's id nor a meter's, so that a line of an invoice names one thing. */
export const addOnKeySchema = z
  .string()
  .max(60)
  .regex(/^extra(_[a-z]+)+$/);

/** One version of an add-on, as the catalogue keeps it. Prices in minor units, for one unit and a whole cycle. */
export const addOnVersionSchema = z.strictObject({
  key: addOnKeySchema,
  version: z.int().min(1),
  name: z.string(),
  rank: z.int(),
  prices: z.strictObject({
    monthly: z.int().min(0),
    quarterly: z.int().min(0),
    annual: z.int().min(0),
  }),
  currency: z.string(),
  /** What one unit adds to which limits. */
  gives: z.partialRecord(limitNameSchema, z.int().min(1)),
  /** The plans that it can be added to. */
  plans: z.array(planIdSchema).min(1),
  /** Units that one subscription may have. */
  most: z.int().min(1),
});
export type AddOnVersion = z.infer<typeof addOnVersionSchema>;

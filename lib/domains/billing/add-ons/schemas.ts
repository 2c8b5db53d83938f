import { limitNameSchema, planIdSchema } from '@/lib/domains/entitlements/schemas';
import { z } from 'zod';
import { moneyDto } from '../money-dto';

/** Units of an add-on, in the version that they are charged by. */
export const addOnUnitsSchema = z.strictObject({
  key: z.string(),
  version: z.int(),
  quantity: z.int().min(1),
});
export type AddOnUnits = z.infer<typeof addOnUnitsSchema>;

/** Everything that is sold beside a plan, by key. What was written down before add-ons were sold has none. */
export const addOnsSchema = z.array(addOnUnitsSchema).default([]);

/** The order in which they are kept. */
export const byKey = (units: readonly AddOnUnits[]): AddOnUnits[] =>
  [...units].sort((a, b) => a.key.localeCompare(b.key) || a.version - b.version);

const inWords = (units: readonly AddOnUnits[]) =>
  byKey(units)
    .map(({ key, version, quantity }) => `${quantity} of ${key} v${version}`)
    .join();

export const sameAddOns = (a: readonly AddOnUnits[], b: readonly AddOnUnits[]) =>
  inWords(a) === inWords(b);

/** Units of an add-on as the outside names them. */
export const addOnCountDto = z.object({ key: z.string(), quantity: z.int() });

/** An add-on that is on sale; prices for one unit and a whole cycle. */
export const addOnDto = z.object({
  key: z.string(),
  name: z.string(),
  version: z.int(),
  prices: z.object({ monthly: moneyDto, quarterly: moneyDto, annual: moneyDto }),
  /** What one unit adds to which limits; storage in bytes. */
  gives: z.partialRecord(limitNameSchema, z.int()),
  plans: z.array(planIdSchema),
  /** Units that one subscription may have. */
  most: z.int(),
});
export type AddOnDto = z.infer<typeof addOnDto>;

export const addOnList = z.object({ data: z.array(addOnDto), next_cursor: z.null() });

const QUANTITY = 'A whole number from 0 to 1,000.';

/** Everything that is to be there beside the plan: what isn't named is to go. */
export const setAddOnsInput = z
  .strictObject({
    add_ons: z
      .array(
        z.strictObject({
          key: z.string().max(60),
          quantity: z.int(QUANTITY).min(0, QUANTITY).max(1_000, QUANTITY),
        }),
      )
      .max(50),
  })
  .refine(({ add_ons }) => new Set(add_ons.map(({ key }) => key)).size === add_ons.length, {
    path: ['add_ons'],
    message: 'Name each add-on once.',
    params: { code: 'duplicate' },
  });
export type SetAddOnsInput = z.output<typeof setAddOnsInput>;

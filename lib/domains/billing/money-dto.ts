import { z } from 'zod';

export const moneyDto = z.object({
  /** Minor units: cents. */
  amount: z.int(),
  currency: z.string(),
});

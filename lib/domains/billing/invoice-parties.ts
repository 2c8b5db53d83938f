import { z } from 'zod';

/** Who sells or buys, as on the day of issue. */
export const partySchema = z.object({
  name: z.string(),
  /** Line by line. */
  address: z.array(z.string()),
  tax_ids: z.array(z.string()),
  email: z.string().nullable(),
});
export type Party = z.infer<typeof partySchema>;

/** Who buys, with how tax is dealt with where the provider says that it isn't in the usual way. */
export const buyerSchema = partySchema.extend({
  tax_treatment: z.enum(['reverse_charge', 'exempt']).nullable().default(null),
});
export type InvoiceBuyer = z.input<typeof buyerSchema>;

import { z } from 'zod';

/** requested: waits for a second operator · approved: given to the subscription · refused: by an operator, or taken back. */
export const giftStatuses = ['requested', 'approved', 'refused'] as const;
export const giftStatusSchema = z.enum(giftStatuses);
export type GiftStatus = z.infer<typeof giftStatusSchema>;

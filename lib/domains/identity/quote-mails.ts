import { z } from 'zod';

/** What every mail about a quote must know; `price` is written out, days are ISO 8601. */
const about = {
  to: z.email(),
  link: z.url(),
  tenantName: z.string(),
  number: z.string(),
};

/** Mails about prices by agreement: to the customer, and the last to operators. */
export const quoteMails = [
  z.object({
    template: z.literal('quote_sent'),
    ...about,
    price: z.string(),
    until: z.string(),
    revision: z.int(),
  }),
  z.object({
    template: z.literal('quote_accepted'),
    ...about,
    price: z.string(),
    netDays: z.int(),
  }),
  z.object({
    template: z.literal('quote_news'),
    ...about,
    news: z.enum(['requested', 'accepted', 'declined']),
    /** What the customer said, where they did. */
    words: z.string().nullable(),
  }),
] as const;

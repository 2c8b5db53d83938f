import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

/** Writes down that a revision ran out, should it still be unanswered. */
export const expireQuoteContract = jobContract({
  name: 'billing.expire_quote',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid(), quoteId: z.uuid(), revision: z.int() }),
});

/** What operators hear of a quote. */
export const quoteNews = ['requested', 'accepted', 'declined'] as const;
export type QuoteNews = (typeof quoteNews)[number];

/** Mails operators what happened to a quote; handled by those who know who they are. */
export const tellOperatorsContract = jobContract({
  name: 'operator.quote_news',
  scope: 'system',
  payload: z.strictObject({ tenantId: z.uuid(), quoteId: z.uuid(), news: z.enum(quoteNews) }),
});

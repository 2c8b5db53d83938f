import { z } from 'zod';
import {
  billingCycleSchema,
  type Feature,
  featureSchema,
  limitsSchema,
  planIdSchema,
  planVersionSchema,
} from '@/lib/domains/entitlements/schemas';
import { changePreview, moneyDto } from '../schemas';

export const quoteStatuses = [
  'requested',
  'draft',
  'sent',
  'accepted',
  'declined',
  'expired',
  'withdrawn',
] as const;
export const quoteStatusSchema = z.enum(quoteStatuses);
export type QuoteStatus = z.infer<typeof quoteStatusSchema>;

/** What is sold by quote. */
export const QUOTED_PLAN = 'institutional' satisfies z.infer<typeof planIdSchema>;

/** Currencies with hundredths, in which the seller takes money. */
export const quoteCurrencies = ['usd', 'eur', 'gbp', 'chf'] as const;

const reason = z.string().trim().min(1).max(500);

/** In the order of the catalogue, each once. */
const inOrder = (features: readonly Feature[]) =>
  featureSchema.options.filter((one) => features.includes(one));

export const quoteContent = z.strictObject({
  billing_cycle: billingCycleSchema,
  /** Minor units of `currency` for each cycle, before tax. */
  price: z.int().min(1, 'A price of nothing can’t be invoiced.').max(10_000_000_000),
  currency: z.enum(quoteCurrencies),
  /** In the plan’s place; null is unlimited. */
  limits: limitsSchema,
  features: z.array(featureSchema).overwrite(inOrder),
  /** Cents for a thousand beyond a limit, where more may be used than it; null: the limit is the end. */
  overage: planVersionSchema.shape.overage.default({ api_calls: null }),
  /** What was agreed besides, as it stands on the paper. */
  terms: z.string().trim().max(8_000),
  /** Days from an invoice’s date until it is due. */
  net_days: z.int().min(1).max(90),
  /** The last day (UTC) on which it can be accepted. */
  valid_until: z.iso.date(),
});
export type QuoteContent = z.output<typeof quoteContent>;

export const requestQuoteInput = z.strictObject({
  billing_cycle: billingCycleSchema,
  /** What is needed: people, volume, terms, dates. */
  message: z.string().trim().min(1, 'Say what you need.').max(4_000),
});
export type RequestQuoteInput = z.output<typeof requestQuoteInput>;

/** `revision` is the one that was read: an answer to another is refused. */
export const acceptQuoteInput = z.strictObject({ revision: z.coerce.number().int().min(1) });
export type AcceptQuoteInput = z.output<typeof acceptQuoteInput>;
export const declineQuoteInput = acceptQuoteInput.extend({ reason: reason.optional() });
export type DeclineQuoteInput = z.output<typeof declineQuoteInput>;

export const quotePdfQuery = z.strictObject({ size: z.enum(['a4', 'letter']).default('a4') });

const time = z.iso.datetime();

export const sentQuote = z.object({
  revision: z.int(),
  plan_id: planIdSchema,
  plan_version: z.int(),
  billing_cycle: billingCycleSchema,
  price: moneyDto,
  limits: limitsSchema,
  features: z.array(featureSchema),
  /** The price of a thousand beyond a limit, before tax; null where nothing is let in beyond it. */
  overage: z.object({ api_calls: moneyDto.nullable() }),
  terms: z.string(),
  net_days: z.int(),
  valid_until: z.iso.date(),
  sent_at: time,
});
export type SentQuote = z.infer<typeof sentQuote>;

export const quoteDto = z.object({
  id: z.string(),
  number: z.string(),
  /** While operators write, it is `requested` for the customer. */
  status: quoteStatusSchema.exclude(['draft']),
  request: requestQuoteInput.nullable(),
  requested_at: time.nullable(),
  /** What can be accepted, or was; null until something was sent. */
  sent: sentQuote.nullable(),
  decided_at: time.nullable(),
  reason: z.string().nullable(),
  subscription_id: z.string().nullable(),
  created_at: time,
});
export type QuoteDto = z.infer<typeof quoteDto>;

export const quotePage = z.object({ data: z.array(quoteDto), next_cursor: z.string().nullable() });
export type QuotePage = z.infer<typeof quotePage>;

/** What accepting would do now. */
export const quoteConsequence = z.discriminatedUnion('kind', [
  /** A subscription begins with its first invoice. */
  z.object({ kind: z.literal('starts'), first_invoice: moneyDto, due_days: z.int() }),
  /** The subscription that runs changes at once; null where the provider can't say what it costs just now. */
  z.object({
    kind: z.literal('changes'),
    from_plan_id: planIdSchema,
    trial_ends_at: time.nullable(),
    ends_cancellation: z.boolean(),
    preview: changePreview.nullable(),
    due_days: z.int(),
  }),
  /** It can't be accepted as things stand. */
  z.object({ kind: z.literal('blocked'), code: z.string(), detail: z.string() }),
]);
export type QuoteConsequence = z.infer<typeof quoteConsequence>;

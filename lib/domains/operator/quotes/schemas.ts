import { z } from 'zod';
import {
  quoteContent,
  quoteStatusSchema,
  requestQuoteInput,
  sentQuote,
} from '@/lib/domains/billing/quotes/schemas';
import { overageMeters } from '@/lib/domains/billing/overage/schemas';
import { limitNames } from '@/lib/domains/entitlements/schemas';
import { given, page, search } from '../list-parts';
import { amount, each, limit, nested } from '../typed-fields';

const id = z.string().max(60);
const time = z.iso.datetime();
const reason = z.string().trim().min(1, 'Say why.').max(500);

export const adminQuoteQuery = z.strictObject({
  ...page,
  search,
  status: given(quoteStatusSchema),
});
export type AdminQuoteQuery = z.output<typeof adminQuoteQuery>;

export const adminQuoteRow = z.object({
  id: z.string(),
  number: z.string(),
  tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  status: quoteStatusSchema,
  /** Of the revision sent last; null until one was. */
  price: z.object({ amount: z.int(), currency: z.string() }).nullable(),
  billing_cycle: z.string().nullable(),
  valid_until: z.iso.date().nullable(),
  revision: z.int(),
  has_draft: z.boolean(),
  created_at: time,
});
export type AdminQuoteRow = z.infer<typeof adminQuoteRow>;

export const adminQuotePage = z.object({
  data: z.array(adminQuoteRow),
  next_cursor: z.string().nullable(),
});
export type AdminQuotePage = z.infer<typeof adminQuotePage>;

export const adminQuote = adminQuoteRow.extend({
  request: requestQuoteInput.nullable(),
  requested_at: time.nullable(),
  /** What the next revision is to say; `draft_revision` counts its savings. */
  draft: quoteContent.nullable(),
  draft_revision: z.int(),
  /** What a draft begins with: itself, what was sent last, or the plan as it is sold; `price` null where none was named. */
  start_from: quoteContent.extend({ price: z.int().nullable() }),
  /** Newest first. */
  revisions: z.array(sentQuote),
  decided_at: time.nullable(),
  reason: z.string().nullable(),
  subscription_id: z.string().nullable(),
});
export type AdminQuote = z.infer<typeof adminQuote>;

/** `draft_revision` is the draft's as it was read, 0 for the first saving. */
const draftRevision = z.coerce.number().int().min(0);
export const quoteDraftBody = z.strictObject({
  draft_revision: draftRevision,
  content: quoteContent,
});
export const quoteCreateBody = z.strictObject({ tenant_id: id });
export const quoteSendBody = z.strictObject({ draft_revision: draftRevision });
export const quoteWithdrawBody = z.strictObject({ reason });

const required = (text: string) => amount.pipe(z.int({ error: text }));

/** The editor's form: price and limits as they are typed. */
export const quoteDraftForm = z
  .preprocess(
    nested,
    z.strictObject({
      ...quoteContent.shape,
      id,
      draft_revision: draftRevision,
      price: required('Give the price.').pipe(quoteContent.shape.price),
      net_days: z.coerce.number().pipe(quoteContent.shape.net_days),
      limits: each(limitNames, limit),
      overage: each(overageMeters, amount),
      features: quoteContent.shape.features.default([]),
      terms: quoteContent.shape.terms.default(''),
    }),
  )
  .transform(
    ({ id: quoteId, draft_revision, ...content }): QuoteDraftInput => ({
      id: quoteId,
      draft_revision,
      content,
    }),
  );

export const quoteSendInput = quoteSendBody.extend({ id });
export const quoteWithdrawInput = quoteWithdrawBody.extend({ id });
export type QuoteDraftInput = { id: string } & z.output<typeof quoteDraftBody>;
export type QuoteCreateInput = z.output<typeof quoteCreateBody>;
export type QuoteSendInput = z.output<typeof quoteSendInput>;
export type QuoteWithdrawInput = z.output<typeof quoteWithdrawInput>;

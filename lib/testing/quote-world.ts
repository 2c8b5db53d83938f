import type pg from 'pg';
import { requestQuote } from '@/lib/domains/billing';
import type { QuoteContent } from '@/lib/domains/billing/quotes/schemas';
import { createQuote, saveQuoteDraft, sendQuote } from '@/lib/domains/operator';
import type { AdminQuote } from '@/lib/domains/operator/quotes/schemas';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { newOperator } from './operator-world';

const DAY = 86_400_000;

/** Somebody of finance, signed in at the console. */
export const financeOperator = (admin: pg.Client) => newOperator(admin, 'finance');

/** $24,000 a year, due in 30 days, open for a fortnight; what is given replaces it. */
export function quoted(content: Partial<QuoteContent> = {}): QuoteContent {
  return {
    billing_cycle: 'annual',
    price: 2_400_000,
    currency: 'usd',
    limits: {
      strategies: 500,
      backtests_per_month: 10_000,
      members: 80,
      api_calls_per_month: 5_000_000,
      api_keys: null,
      storage_bytes: 500_000_000_000,
      requests_per_second: 200,
      burst: 800,
    },
    features: ['backtesting', 'market_data', 'api_read', 'api_write', 'branding'],
    overage: { api_calls: null },
    terms: 'Service level 99.9 %.\nNotice: three months.',
    net_days: 30,
    valid_until: new Date(Date.now() + 14 * DAY).toISOString().slice(0, 10),
    ...content,
  };
}

/** Writes a draft on top of what a quote has and sends it. */
export async function sendTo(
  operator: OperatorCtx,
  quote: Pick<AdminQuote, 'id' | 'draft_revision'>,
  content: QuoteContent = quoted(),
): Promise<AdminQuote> {
  const { id, draft_revision } = quote;
  const saved = await saveQuoteDraft(operator, { id, draft_revision, content });
  return sendQuote(operator, { id, draft_revision: saved.draft_revision });
}

/** A quote as a tenant gets it: asked for, written, sent. */
export async function sentQuoteFor(
  ctx: Ctx,
  operator: OperatorCtx,
  content: QuoteContent = quoted(),
): Promise<AdminQuote> {
  const { id } = await requestQuote(ctx, { billing_cycle: 'annual', message: 'For 80 people.' });
  return sendTo(operator, { id, draft_revision: 0 }, content);
}

/** The same without having been asked. */
export async function offeredQuote(
  ctx: Ctx,
  operator: OperatorCtx,
  content: QuoteContent = quoted(),
): Promise<AdminQuote> {
  const begun = await createQuote(operator, { tenant_id: publicId('tenant', ctx.tenantId) });
  return sendTo(operator, begun, content);
}

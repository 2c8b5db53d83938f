import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { mayAnswerQuotes } from '../policy';
import { tellOperators } from './quote-mails';
import { requireStep } from './lifecycle';
import {
  decision,
  lockOwnQuote,
  quoteIdOf,
  requireRevision,
  statusAt,
  toQuoteDto,
  writeStep,
} from './quote-store';
import type { DeclineQuoteInput, QuoteDto } from './schemas';

/**
 * Turns a quote down. Throws `forbidden` for whoever is no owner, not_found, 409 `quote_revised`, or by its status
 * `quote_accepted`, `quote_declined`, `quote_expired`, `quote_withdrawn`.
 */
export async function declineQuote(
  ctx: Ctx,
  publicId: string,
  input: DeclineQuoteInput,
): Promise<QuoteDto> {
  mayAnswerQuotes(ctx);
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const id = quoteIdOf(publicId);
  return withTenant(ctx, async (tx) => {
    const row = await lockOwnQuote(tx, tenantId, id);
    requireStep(statusAt(row, now), 'declined');
    requireRevision(row, input.revision);
    const reason = input.reason ?? null;
    const written = await writeStep(tx, ctx, row, {
      action: 'quote.declined',
      data: { status: 'declined', ...decision(ctx, reason) },
      after: { reason },
    });
    await tellOperators(tx, ctx, id, 'declined');
    return toQuoteDto(written, now);
  });
}

import { withTenant } from '@/lib/infra/db';
import { actingUserId, type Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { newId, publicId } from '@/lib/kernel/ids';
import { lockBilling } from '../converge-billing';
import { mayChangeBilling } from '../policy';
import { tellOperators } from './quote-mails';
import { KNOWN_TO_CUSTOMER, statusAt, toQuoteDto, WITH_REVISIONS, writeStep } from './quote-store';
import type { QuoteDto, RequestQuoteInput } from './schemas';

/**
 * Asks for a price by agreement; operators are mailed. Throws 409 `quote_open`, with its id, while one is being written
 * or waits for an answer.
 */
export async function requestQuote(ctx: Ctx, input: RequestQuoteInput): Promise<QuoteDto> {
  mayChangeBilling(ctx);
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const unanswered = await tx.quote.findMany({
      where: {
        tenantId,
        status: { in: ['requested', 'draft', 'sent'] },
        ...KNOWN_TO_CUSTOMER,
      },
    });
    const open = unanswered.find((row) => statusAt(row, now) !== 'expired');
    if (open) {
      throw conflict(
        'quote_open',
        `Quote ${open.number} is under way. Wait for it, or answer it, before you ask for another.`,
        { quote_id: publicId('quote', open.id) },
      );
    }
    const created = await tx.quote.create({
      data: {
        tenantId,
        id: newId(now.getTime()),
        number: '',
        status: 'requested',
        request: input,
        requestedBy: actingUserId(ctx),
        requestedAt: now,
        createdAt: now,
        updatedAt: now,
      },
      include: WITH_REVISIONS,
    });
    const row = await writeStep(tx, ctx, created, {
      action: 'quote.requested',
      data: {},
      after: { ...input },
    });
    await tellOperators(tx, ctx, row.id, 'requested');
    return toQuoteDto(row, now);
  });
}

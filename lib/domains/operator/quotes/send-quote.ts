import {
  decision,
  lockQuote,
  quoteIdOf,
  requireStep,
  sendRevision,
  statusAt,
  writeStep,
} from '@/lib/domains/billing';
import { quoteContent } from '@/lib/domains/billing/quotes/schemas';
import { Prisma, withSystem } from '@/lib/infra/db';
import { authoriseOperator, type Ctx, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { ctxInside } from '../inside';
import { withOperator } from '../platform-audit';
import { readAdminQuote, tenantOfQuote } from './read-quotes';
import type { AdminQuote, QuoteSendInput, QuoteWithdrawInput } from './schemas';
import { lockDraft } from './write-quote';

/** The operator's ctx in the tenant that a quote is for, in that tenant's time. Throws not_found. */
async function insideOf(ctx: OperatorCtx, id: string): Promise<Ctx> {
  const tenantId = await withSystem(`operator ${ctx.actor.operatorId}`, (tx) =>
    tenantOfQuote(tx, id),
  );
  return ctxInside(ctx, tenantId);
}

/**
 * Sends the draft as the next revision, which takes the place of the one before; the customer is mailed. Throws
 * `forbidden`, `not_found`, 409 `no_draft`, `draft_changed`, `quote_accepted`, 422 `in_the_past`, `currency_mismatch`.
 */
export async function sendQuote(ctx: OperatorCtx, input: QuoteSendInput): Promise<AdminQuote> {
  authoriseOperator(ctx, 'money:write');
  const id = quoteIdOf(input.id);
  const inside = await insideOf(ctx, id);
  return withOperator(ctx, async (tx) => {
    const row = await lockDraft(tx, id, input.draft_revision);
    if (row.draft === null) {
      throw conflict('no_draft', 'There is no draft to send. Write one first.');
    }
    const content = quoteContent.parse(row.draft);
    const sent = await sendRevision(tx, inside, row, content, ctx.actor.operatorId);
    await tx.quote.update({
      where: { tenantId_id: { tenantId: row.tenantId, id } },
      data: { draft: Prisma.DbNull, draftRevision: { increment: 1 } },
    });
    return {
      result: await readAdminQuote(tx, id, ctx.clock.now()),
      entry: {
        action: 'quote.sent',
        object: { type: 'quote', id },
        aboutTenantId: row.tenantId,
        after: { revision: sent.revision, content },
      },
    };
  });
}

/**
 * Takes a quote back before it is answered; from then on it can't be accepted. Throws `forbidden`, `not_found`, 409 by its
 * status.
 */
export async function withdrawQuote(
  ctx: OperatorCtx,
  input: QuoteWithdrawInput,
): Promise<AdminQuote> {
  authoriseOperator(ctx, 'money:write');
  const id = quoteIdOf(input.id);
  const { reason } = input;
  const inside = await insideOf(ctx, id);
  const { tenantId } = inside;
  return withOperator(ctx, async (tx) => {
    const row = await lockQuote(tx, tenantId, id);
    requireStep(statusAt(row, inside.clock.now()), 'withdrawn');
    await writeStep(tx, inside, row, {
      action: 'quote.withdrawn',
      data: { status: 'withdrawn', ...decision(inside, reason) },
      after: { reason },
    });
    return {
      result: await readAdminQuote(tx, id, ctx.clock.now()),
      entry: {
        action: 'quote.withdrawn',
        object: { type: 'quote', id },
        aboutTenantId: tenantId,
        reason,
        before: { status: row.status },
        after: { status: 'withdrawn' },
      },
    };
  });
}

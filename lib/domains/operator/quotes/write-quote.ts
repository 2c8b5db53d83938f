import { lockQuote, quoteIdOf } from '@/lib/domains/billing';
import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict, notFound } from '@/lib/kernel/errors';
import { newId, parsePublicId } from '@/lib/kernel/ids';
import { withOperator } from '../platform-audit';
import { readAdminQuote, tenantOfQuote } from './read-quotes';
import type { AdminQuote, QuoteCreateInput, QuoteDraftInput } from './schemas';

/** The quote, locked, whose draft somebody read. Throws not_found, 409 `quote_accepted`, `draft_changed`. */
export async function lockDraft(tx: Tx, id: string, draftRevision: number) {
  const row = await lockQuote(tx, await tenantOfQuote(tx, id), id);
  if (row.status === 'accepted') {
    throw conflict(
      'quote_accepted',
      'This quote was accepted, so nothing about it changes any more. Write a new one instead.',
    );
  }
  if (row.draftRevision === draftRevision) return row;
  throw conflict(
    'draft_changed',
    'Somebody else saved or sent this draft meanwhile. Load it again, so that nothing of theirs is lost.',
    { draft_revision: row.draftRevision },
  );
}

/** Begins a quote that nobody asked for. The tenant knows nothing of it before it is sent. Throws `forbidden`, `not_found`. */
export async function createQuote(ctx: OperatorCtx, input: QuoteCreateInput): Promise<AdminQuote> {
  authoriseOperator(ctx, 'money:write');
  const tenantId = parsePublicId('tenant', input.tenant_id);
  const now = ctx.clock.now();
  return withOperator(ctx, async (tx) => {
    const tenant = tenantId
      ? await tx.tenant.findFirst({ where: { id: tenantId, deletedAt: null } })
      : null;
    if (!tenant) throw notFound('tenant');
    const id = newId(now.getTime());
    await tx.quote.create({
      data: {
        tenantId: tenant.id,
        id,
        number: '',
        status: 'draft',
        createdAt: now,
        updatedAt: now,
      },
    });
    return {
      result: await readAdminQuote(tx, id, now),
      entry: {
        action: 'quote.begun',
        object: { type: 'quote', id },
        aboutTenantId: tenant.id,
      },
    };
  });
}

/**
 * Keeps what the next revision is to say. What was sent stays as it is, and can be answered, until the draft is sent.
 * Throws `forbidden`, `not_found`, 409 `quote_accepted`, `draft_changed`.
 */
export async function saveQuoteDraft(
  ctx: OperatorCtx,
  { id: publicId, draft_revision, content }: QuoteDraftInput,
): Promise<AdminQuote> {
  authoriseOperator(ctx, 'money:write');
  const id = quoteIdOf(publicId);
  const now = ctx.clock.now();
  return withOperator(ctx, async (tx) => {
    const { tenantId, status, draft } = await lockDraft(tx, id, draft_revision);
    await tx.quote.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        draft: content,
        draftRevision: draft_revision + 1,
        status: status === 'requested' ? 'draft' : status,
        updatedAt: now,
      },
    });
    return {
      result: await readAdminQuote(tx, id, now),
      entry: {
        action: 'quote.draft_saved',
        object: { type: 'quote', id },
        aboutTenantId: tenantId,
        before: { content: draft },
        after: { content, draft_revision: draft_revision + 1 },
      },
    };
  });
}

import { acceptDrift, healDrift } from '@/lib/domains/billing';
import type { Prisma } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict, notFound } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import type { DriftHealInput } from './schemas';
import { ctxInside } from '../inside';
import { withOperator } from '../platform-audit';

type Found = { tenantId: string; subscriptionId: string | null; invoiceId: string | null };

/** The difference that was seen, and the operator's intent written down: the act itself goes to the provider. */
async function begin(ctx: OperatorCtx, id: string, cure: DriftHealInput['cure']): Promise<Found> {
  return withOperator(ctx, async (tx) => {
    const row = await tx.billingDrift.findFirst({ where: { id, acceptedAt: null } });
    if (!row) {
      throw conflict(
        'drift_changed',
        'This difference isn’t there any more: somebody healed it, or it became another. Load the list again.',
      );
    }
    if (row.invoiceId && cure === 'push_ours') {
      throw conflict(
        'invoice_final',
        'An invoice is final at both sides, so nothing can be pushed. Put it right with a credit note, then accept the difference.',
      );
    }
    return {
      result: row,
      entry: {
        action: cure === 'push_ours' ? 'drift.push_asked' : 'drift.taking_asked',
        object: row.invoiceId
          ? { type: 'invoice', id: row.invoiceId }
          : { type: 'subscription', id: row.subscriptionId ?? '' },
        aboutTenantId: row.tenantId,
        before: { drift: row.fields as Prisma.InputJsonArray },
      },
    };
  });
}

/**
 * Ends a difference that an operator saw, by its id: of a subscription by pushing ours or taking theirs, of an invoice by
 * accepting it. Our log says what was asked, the tenant's what was done. Throws `forbidden`, `not_found`, 409
 * `drift_changed`, `no_drift`, `invoice_final`, and what pushing throws.
 */
export async function healFoundDrift(ctx: OperatorCtx, input: DriftHealInput): Promise<void> {
  authoriseOperator(ctx, 'money:write');
  const id = parsePublicId('drift', input.id);
  if (!id) throw notFound('difference');
  const { tenantId, subscriptionId } = await begin(ctx, id, input.cure);
  const inside = await ctxInside(ctx, tenantId);
  if (subscriptionId) {
    await healDrift(inside, publicId('subscription', subscriptionId), input.cure, id);
  } else await acceptDrift(inside, id);
}

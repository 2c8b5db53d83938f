import { giveDiscount, removeDiscount } from '@/lib/domains/billing';
import type { Prisma } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict, notFound } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { ctxInside } from '../inside';
import { withOperator } from '../platform-audit';
import type { DiscountGiftInput, DiscountRemovalInput } from './schemas';

type Asked = { tenantId: string; subscriptionId: string };

/** The tenant's subscription, and the operator's intent written down: the act itself goes to the provider. */
async function begin(
  ctx: OperatorCtx,
  id: string,
  entry: { action: string; reason: string; after?: Prisma.InputJsonObject },
): Promise<Asked> {
  const tenantId = parsePublicId('tenant', id);
  if (!tenantId) throw notFound('tenant');
  return withOperator(ctx, async (tx) => {
    const tenant = await tx.tenant.findFirst({ where: { id: tenantId }, select: { id: true } });
    if (!tenant) throw notFound('tenant');
    const row = await tx.subscription.findFirst({
      where: { tenantId, status: { not: 'cancelled' } },
      select: { id: true },
    });
    if (!row) {
      throw conflict(
        'no_subscription',
        'This tenant has no subscription that could be discounted.',
      );
    }
    return {
      result: { tenantId, subscriptionId: publicId('subscription', row.id) },
      entry: { ...entry, object: { type: 'subscription', id: row.id }, aboutTenantId: tenantId },
    };
  });
}

/**
 * Gives a tenant a discount of its own, in place of the one it has. Our log says what was asked and why, the tenant's what
 * was done. Throws `forbidden`, `not_found`, 409 `no_subscription`, and what giving throws.
 */
export async function giveTenantDiscount(
  ctx: OperatorCtx,
  { id, gift }: DiscountGiftInput,
): Promise<void> {
  authoriseOperator(ctx, 'money:write');
  const { reason, ...terms } = gift;
  const asked = await begin(ctx, id, { action: 'discount.giving_asked', reason, after: terms });
  await giveDiscount(await ctxInside(ctx, asked.tenantId), asked.subscriptionId, gift);
}

/** Takes a tenant's discount away, written down the same way. Throws as giving does, and 409 `no_discount`. */
export async function removeTenantDiscount(
  ctx: OperatorCtx,
  { id, reason }: DiscountRemovalInput,
): Promise<void> {
  authoriseOperator(ctx, 'money:write');
  const asked = await begin(ctx, id, { action: 'discount.removal_asked', reason });
  await removeDiscount(await ctxInside(ctx, asked.tenantId), asked.subscriptionId, reason);
}

import { recordAudit } from '@/lib/domains/audit';
import { Prisma, type Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { refreshContract } from './job-contracts';
import { type GrantInput, grantInputSchema } from './schemas';
import { refreshHotColumns } from './set-entitlements';

/**
 * Gives a tenant more (or, by override, something else) than its plan, from `startsAt` (now) to
 * `endsAt` (for good). The caller has made sure that the actor may. Throws a ZodError on a grant
 * that contradicts itself.
 */
export async function addGrant(tx: Tx, ctx: Ctx, input: GrantInput): Promise<{ id: string }> {
  const grant = grantInputSchema.parse(input);
  const now = ctx.clock.now();
  const startsAt = grant.startsAt ?? now;
  const { source, key, value, endsAt, reason } = grant;
  const id = newId(now.getTime());
  await tx.entitlementGrant.create({
    data: {
      tenantId: ctx.tenantId,
      id,
      source,
      key,
      value: value ?? Prisma.JsonNull,
      startsAt,
      endsAt,
      reason,
      createdAt: now,
    },
  });
  await refreshHotColumns(tx, ctx);
  for (const runAt of [startsAt, endsAt]) {
    if (runAt && runAt > now) {
      const tenant = { tenantId: ctx.tenantId };
      await enqueue(tx, refreshContract, tenant, { runAt, key: `${id}:${runAt.getTime()}` });
    }
  }
  await recordAudit(tx, ctx, {
    action: 'entitlement.granted',
    object: { type: 'entitlement_grant', id },
    after: { source, key, value, reason, ends_at: endsAt?.toISOString() ?? null },
  });
  await emit(tx, ctx, 'entitlements.changed', { key });
  return { id };
}

import { convergeContract, type OperatorInside } from '@/lib/domains/billing';
import { holdTenantRow, liftTenantRow } from '@/lib/domains/tenancy';
import type { Tx } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { invalidField, notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { ctxInside } from './inside';
import { withOperator } from './platform-audit';
import type { TenantHoldInput } from './schemas';

/** The operator in the tenant that is meant, in its own time. Throws `not_found` for what is no id. */
async function enter(ctx: OperatorCtx, { id }: TenantHoldInput): Promise<OperatorInside> {
  const tenantId = parsePublicId('tenant', id);
  if (!tenantId) throw notFound('tenant');
  return ctxInside(ctx, tenantId);
}

/** There has to be such a tenant, and its slug was typed to confirm it. */
async function requireConfirmed(
  tx: Tx,
  tenantId: string,
  { slug }: TenantHoldInput,
): Promise<void> {
  const row = await tx.tenant.findFirst({ where: { id: tenantId }, select: { slug: true } });
  if (!row) throw notFound('tenant');
  if (row.slug === slug.trim()) return;
  throw invalidField(
    'slug',
    'not_confirmed',
    `Type “${row.slug}” to confirm which tenant you mean.`,
  );
}

/**
 * Shuts a tenant out of everything but billing and its account, until an operator lifts it; paying
 * alone doesn't. Its own audit log says so, with the reason. Throws `forbidden`, `not_found`, 422
 * `not_confirmed`, 409 `already_suspended`.
 */
export async function suspendTenant(ctx: OperatorCtx, input: TenantHoldInput): Promise<void> {
  authoriseOperator(ctx, 'tenants:write');
  const inside = await enter(ctx, input);
  const { tenantId } = inside;
  await withOperator(ctx, async (tx) => {
    await requireConfirmed(tx, tenantId, input);
    const change = await holdTenantRow(tx, inside, input.reason);
    return { result: null, entry: entryOf('tenant.suspended', tenantId, input, change) };
  });
}

/**
 * Gives a tenant back the status that it had, and lets billing bring that up to date. Throws
 * `forbidden`, `not_found`, 422 `not_confirmed`, 409 `not_suspended`.
 */
export async function liftSuspension(ctx: OperatorCtx, input: TenantHoldInput): Promise<void> {
  authoriseOperator(ctx, 'tenants:write');
  const inside = await enter(ctx, input);
  const { tenantId } = inside;
  await withOperator(ctx, async (tx) => {
    await requireConfirmed(tx, tenantId, input);
    const change = await liftTenantRow(tx, inside, input.reason);
    await enqueue(tx, convergeContract, { tenantId }, { key: `converge:${tenantId}` });
    return { result: null, entry: entryOf('tenant.suspension_lifted', tenantId, input, change) };
  });
}

function entryOf(
  action: string,
  tenantId: string,
  { reason }: TenantHoldInput,
  change: { before: string; after: string },
) {
  return {
    action,
    object: { type: 'tenant', id: tenantId },
    aboutTenantId: tenantId,
    reason,
    before: { status: change.before },
    after: { status: change.after },
  };
}

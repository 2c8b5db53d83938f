import { convergeContract } from '@/lib/domains/billing';
import { holdTenantRow, liftTenantRow } from '@/lib/domains/tenancy';
import type { Tx } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { invalidField, notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { withOperator } from './platform-audit';
import type { TenantHoldInput } from './schemas';

/** The tenant meant: by id, and by the slug that was typed to confirm it. */
async function confirmedTenant(tx: Tx, { id, slug }: TenantHoldInput): Promise<string> {
  const tenantId = parsePublicId('tenant', id);
  const row = tenantId
    ? await tx.tenant.findFirst({ where: { id: tenantId }, select: { id: true, slug: true } })
    : null;
  if (!row) throw notFound('tenant');
  if (row.slug === slug.trim()) return row.id;
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
  await withOperator(ctx, async (tx) => {
    const tenantId = await confirmedTenant(tx, input);
    const change = await holdTenantRow(tx, { ...ctx, tenantId }, input.reason);
    return { result: null, entry: entryOf('tenant.suspended', tenantId, input, change) };
  });
}

/**
 * Gives a tenant back the status that it had, and lets billing bring that up to date. Throws
 * `forbidden`, `not_found`, 422 `not_confirmed`, 409 `not_suspended`.
 */
export async function liftSuspension(ctx: OperatorCtx, input: TenantHoldInput): Promise<void> {
  authoriseOperator(ctx, 'tenants:write');
  await withOperator(ctx, async (tx) => {
    const tenantId = await confirmedTenant(tx, input);
    const change = await liftTenantRow(tx, { ...ctx, tenantId }, input.reason);
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

import { recordAudit } from '@/lib/domains/audit';
import { Prisma, type Tx, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { isDomainError } from '@/lib/kernel/errors';
import { lockBilling } from '../converge-billing';
import { gatewayOf } from '../gateways/find-gateway';
import { asRefusal } from '../provider-refusal';
import { inTurn } from './take-turn';
import { buyerOf, columnsOfBuyer, type DetailsRow, readDetails } from './read-details';
import { storedBuyer } from './schemas';

/** More than there are gateways: each is told once. */
const TURNS = 5;

type Untold = { gateway: string; customerId: string };

/** Customers that are yet to be told of a revision, at providers that keep such things. */
export async function untoldCustomers(
  tx: Tx,
  { tenantId, revision }: DetailsRow,
): Promise<Untold[]> {
  const rows = await tx.billingCustomer.findMany({
    where: { tenantId, buyerRevision: { lt: revision } },
    select: { gateway: true, customerId: true },
  });
  return rows.filter((row) => gatewayOf(row).addressCustomer !== null);
}

async function nextTurn(ctx: Ctx) {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const row = await readDetails(tx, tenantId);
    const [untold] = row ? await untoldCustomers(tx, row) : [];
    if (!row || !untold) return null;
    const { name } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    return { row, untold, buyer: { name, ...buyerOf(row) } };
  });
}

/** Counts a customer as told. False when the details changed meanwhile: then what it was told is the older. */
async function markTold(ctx: Ctx, { revision }: DetailsRow, { gateway }: Untold): Promise<boolean> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const row = await readDetails(tx, tenantId);
    if (row?.revision !== revision) return false;
    await tx.billingCustomer.updateMany({
      where: { tenantId, gateway },
      data: { buyerRevision: revision },
    });
    if ((await untoldCustomers(tx, row)).length > 0) return true;
    await tx.billingDetails.update({ where: { tenantId }, data: { before: Prisma.DbNull } });
    return true;
  });
}

/** Puts back what there was before details that were refused; false when there is nothing, or somebody was faster. */
async function setBack(ctx: Ctx, row: DetailsRow, refusal: string): Promise<boolean> {
  const { tenantId } = ctx;
  const before = storedBuyer.nullable().parse(row.before);
  if (!before) return false;
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const { count } = await tx.billingDetails.updateMany({
      where: { tenantId, revision: row.revision },
      data: {
        ...columnsOfBuyer(before),
        before: Prisma.DbNull,
        revision: row.revision + 1,
        updatedAt: ctx.clock.now(),
      },
    });
    if (count === 0) return false;
    await recordAudit(tx, ctx, {
      action: 'billing_details.refused',
      object: { type: 'tenant', id: tenantId },
      before: buyerOf(row),
      after: { ...before, refusal },
    });
    return true;
  });
}

const REFUSED =
  'The payment provider refused these details, so nothing was changed. Check address and tax ids.';

/** Tells one customer, in its turn. False when there is nothing to go on with: all is told, or whoever changed it meanwhile tells it. */
async function tellNext(ctx: Ctx): Promise<boolean> {
  // It may have been told or changed while the turn was waited for.
  const next = await nextTurn(ctx);
  if (!next) return false;
  const { row, untold, buyer } = next;
  const gateway = gatewayOf(untold);
  try {
    await gateway.addressCustomer?.(untold.customerId, buyer);
  } catch (error) {
    if (!gateway.isRefusal(error)) throw error;
    const refusal = asRefusal(error, REFUSED);
    log().warn({ err: error, tenantId: ctx.tenantId }, 'the provider refused billing details');
    // Nothing to go back to: it isn't told again what it refused.
    if (!(await setBack(ctx, row, refusal.code))) await markTold(ctx, row, untold);
    throw refusal;
  }
  return markTold(ctx, row, untold);
}

/**
 * Tells each provider's customer who its invoices are made out to, one call after another. What is refused is set
 * back, as a revision of its own, and thrown. Details that somebody changes meanwhile are told by that request, or by its job.
 */
export async function pushBuyer(ctx: Ctx): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    const next = await nextTurn(ctx);
    if (!next) return;
    const goesOn = await inTurn(ctx, next.untold.gateway, () => tellNext(ctx));
    if (!goesOn) return;
  }
}

/** For those whom nobody waits for: a refusal has been written down, and what was set back is told. */
export async function pushBuyerInBackground(ctx: Ctx): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    try {
      return await pushBuyer(ctx);
    } catch (error) {
      if (!isDomainError(error) || error.kind === 'unavailable') throw error;
    }
  }
}

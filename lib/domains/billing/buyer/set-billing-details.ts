import { isDeepStrictEqual } from 'node:util';
import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { lockBilling } from '../converge-billing';
import { pushBuyerContract } from '../job-contracts';
import { orLeaveToJob, RECOVERY_MS } from '../leave-to-job';
import { mayChangeBilling } from '../policy';
import { getBillingDetails } from './get-billing-details';
import { pushBuyer } from './push-buyer';
import { buyerOf, columnsOfBuyer, readDetails } from './read-details';
import type { BillingDetailsDto, Buyer } from './schemas';

async function write(ctx: Ctx, wanted: Buyer): Promise<void> {
  const { tenantId } = ctx;
  await withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const row = await readDetails(tx, tenantId);
    const before = buyerOf(row);
    if (isDeepStrictEqual(before, wanted)) return;
    const columns = {
      ...columnsOfBuyer(wanted),
      // What no provider has taken yet is nothing to go back to.
      before: row?.before ?? before,
      updatedAt: ctx.clock.now(),
    };
    await tx.billingDetails.upsert({
      where: { tenantId },
      create: { tenantId, revision: 1, ...columns },
      update: { revision: { increment: 1 }, ...columns },
    });
    await recordAudit(tx, ctx, {
      action: 'billing_details.changed',
      object: { type: 'tenant', id: tenantId },
      before,
      after: wanted,
    });
    await emit(tx, ctx, 'billing_details.changed', {});
    const key = `buyer:${tenantId}`;
    await enqueue(tx, pushBuyerContract, { tenantId }, { afterMs: RECOVERY_MS, key });
  });
}

/**
 * Sets who the tenant’s invoices are made out to from now on, and tells the payment provider. Invoices that are final stay as
 * they are. While the provider is away the details stay, and a job goes on; what it refuses is set back and thrown:
 * 422 `tax_id_invalid`, 409 `provider_refused`.
 */
export async function setBillingDetails(ctx: Ctx, wanted: Buyer): Promise<BillingDetailsDto> {
  mayChangeBilling(ctx);
  await write(ctx, wanted);
  const { tenantId } = ctx;
  await orLeaveToJob(pushBuyer(ctx), { tenantId }, 'billing details wait for the provider');
  return getBillingDetails(ctx);
}

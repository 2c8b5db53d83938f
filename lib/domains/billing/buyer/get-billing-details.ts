import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { mayReadBilling } from '../policy';
import { untoldCustomers } from './push-buyer';
import { buyerOf, readDetails } from './read-details';
import type { BillingDetailsDto } from './schemas';

/** Who the tenant’s invoices are made out to; empty where nobody said. */
export async function getBillingDetails(ctx: Ctx): Promise<BillingDetailsDto> {
  mayReadBilling(ctx);
  return withTenant(ctx, async (tx) => {
    const row = await readDetails(tx, ctx.tenantId);
    const untold = row ? await untoldCustomers(tx, row) : [];
    return { ...buyerOf(row), being_changed: untold.length > 0 };
  });
}

import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { pushBuyerInBackground } from './buyer/push-buyer';
import { buyerOf, readDetails } from './buyer/read-details';
import type { Gateway } from './gateways/port';

async function storedCustomer(ctx: Ctx, gateway: string) {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const row = await tx.billingCustomer.findUnique({
      where: { tenantId_gateway: { tenantId, gateway } },
    });
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    const owner = await tx.membership.findFirst({
      where: { tenantId, role: 'owner' },
      orderBy: { createdAt: 'asc' },
      include: { user: { select: { email: true } } },
    });
    const { company_name } = buyerOf(await readDetails(tx, tenantId));
    const clock = await tx.tenantClock.findUnique({ where: { tenantId } });
    return {
      customerId: row?.customerId ?? null,
      name: company_name ?? tenant.name,
      email: owner?.user.email,
      clockId: clock?.gateway === gateway ? clock.clockId : null,
    };
  });
}

/** The tenant's customer at the gateway, if there is one yet. */
export async function findCustomer(ctx: Ctx, gateway: string): Promise<string | null> {
  const { tenantId } = ctx;
  const row = await withTenant(ctx, (tx) =>
    tx.billingCustomer.findUnique({ where: { tenantId_gateway: { tenantId, gateway } } }),
  );
  return row?.customerId ?? null;
}

/** The tenant's customer at the gateway, made once. */
export async function ensureCustomer(ctx: Ctx, at: Gateway): Promise<string> {
  const { tenantId } = ctx;
  const gateway = at.name;
  const { name, email, clockId, customerId: known } = await storedCustomer(ctx, gateway);
  if (known) return known;
  const customerId = await at.createCustomer({ tenantId, name, email, clockId });
  const kept = await keep(ctx, gateway, customerId);
  // Before anything is sold: the first invoice is made out to them as well.
  await pushBuyerInBackground(ctx);
  return kept;
}

async function keep(ctx: Ctx, gateway: string, customerId: string): Promise<string> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    // Another request may have kept it in this moment: both were given the same customer.
    await tx.billingCustomer.createMany({
      data: [{ tenantId, gateway, customerId, createdAt: ctx.clock.now() }],
      skipDuplicates: true,
    });
    const kept = await tx.billingCustomer.findUniqueOrThrow({
      where: { tenantId_gateway: { tenantId, gateway } },
    });
    return kept.customerId;
  });
}

import { withTenant } from '@/lib/infra/db';
import { callStripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';

async function storedCustomer(ctx: Ctx) {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const row = await tx.billingCustomer.findUnique({
      where: { tenantId_gateway: { tenantId, gateway: 'stripe' } },
    });
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    const owner = await tx.membership.findFirst({
      where: { tenantId, role: 'owner' },
      orderBy: { createdAt: 'asc' },
      include: { user: { select: { email: true } } },
    });
    return { customerId: row?.customerId ?? null, name: tenant.name, email: owner?.user.email };
  });
}

/**
 * The tenant's customer at the provider, made once. The creating call says the same for a tenant
 * whoever makes it, so that the idempotency key holds however often it is repeated; name and
 * address, which may change meanwhile, follow in a call of their own.
 */
export async function ensureCustomer(ctx: Ctx): Promise<string> {
  const { tenantId } = ctx;
  const stored = await storedCustomer(ctx);
  if (stored.customerId) return stored.customerId;
  const customer = await callStripe((stripe) =>
    stripe.customers.create(
      { metadata: { tenant_id: publicId('tenant', tenantId) } },
      { idempotencyKey: `customer-${tenantId}` },
    ),
  );
  await callStripe((stripe) =>
    stripe.customers.update(customer.id, {
      name: stored.name,
      ...(stored.email ? { email: stored.email } : {}),
    }),
  );
  return withTenant(ctx, async (tx) => {
    // Another request may have kept it in this moment: the key made both get the same customer.
    await tx.billingCustomer.createMany({
      data: [{ tenantId, gateway: 'stripe', customerId: customer.id, createdAt: ctx.clock.now() }],
      skipDuplicates: true,
    });
    const kept = await tx.billingCustomer.findUniqueOrThrow({
      where: { tenantId_gateway: { tenantId, gateway: 'stripe' } },
    });
    return kept.customerId;
  });
}

import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { pushBuyerInBackground } from './buyer/push-buyer';
import type { Gateway } from './gateways/port';
import { readBuyer } from './read-buyer';

/** What a gateway is told of a customer that it is to make. */
async function newCustomer(ctx: Ctx, gateway: string) {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const { name, email } = await readBuyer(tx, tenantId);
    const clock = await tx.tenantClock.findUnique({ where: { tenantId } });
    const clockId = clock?.gateway === gateway ? clock.clockId : null;
    return { tenantId, name, email: email ?? undefined, clockId };
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
  const gateway = at.name;
  const known = await findCustomer(ctx, gateway);
  if (known) return known;
  const customerId = await at.createCustomer(await newCustomer(ctx, gateway));
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

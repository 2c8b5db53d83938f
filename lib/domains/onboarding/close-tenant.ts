import { cancelSubscription, listSubscriptions } from '@/lib/domains/billing';
import { issueCode, queueMail } from '@/lib/domains/identity';
import {
  closeTenantRow,
  GRACE_DAYS,
  mayCloseTenant,
  presentTenant,
  rootUrl,
  type TenantDto,
  type TenantRow,
} from '@/lib/domains/tenancy';
import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';

const DAY = 86_400_000;

/** Ends what is paid, at the provider and here, before the organisation goes. Returns whether there was any. */
async function endSubscription(ctx: Ctx): Promise<boolean> {
  const { data } = await listSubscriptions(ctx, { limit: 20 });
  const live = data.find(({ status }) => status !== 'cancelled');
  if (live) {
    await cancelSubscription(ctx, live.id, { when: 'now', reason: 'The organisation was closed.' });
  }
  return data.length > 0;
}

/** Every owner gets a link to bring the organisation back; it shows who closed it. */
async function tellOwners(tx: Tx, ctx: Ctx, tenant: TenantRow, status: string): Promise<void> {
  const now = ctx.clock.now();
  const until = new Date(now.getTime() + GRACE_DAYS * DAY).toISOString().slice(0, 10);
  const owners = await tx.membership.findMany({
    where: { tenantId: ctx.tenantId, role: 'owner', status: 'active' },
    include: { user: { select: { email: true } } },
  });
  for (const { userId, user } of owners) {
    const { token } = await issueCode(tx, {
      purpose: 'reopen_tenant',
      userId,
      tenantId: ctx.tenantId,
      data: { status },
      now,
      lifetime: GRACE_DAYS * DAY,
    });
    await queueMail(tx, ctx.tenantId, {
      template: 'tenant_closed',
      to: user.email,
      link: rootUrl(`/confirm?token=${token}`),
      tenantName: tenant.name,
      until,
    });
  }
}

/**
 * Closes the organisation: its subscription ends, nobody gets in any more; for 30 days an owner can bring
 * it back by a mailed link. Throws `forbidden` for all but owners.
 */
export async function closeTenant(ctx: Ctx): Promise<TenantDto> {
  mayCloseTenant(ctx);
  const hadSubscription = await endSubscription(ctx);
  return withTenant(ctx, async (tx) => {
    const { before, row } = await closeTenantRow(tx, ctx);
    await tellOwners(tx, ctx, row, hadSubscription ? 'cancelled' : before.status);
    return presentTenant(row);
  });
}

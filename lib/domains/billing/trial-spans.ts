import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import type { Span } from './trial-days';

/** Every trial the tenant has had or has: its own since sign-up, and those of its subscriptions. */
export async function trialSpans(tx: Tx, ctx: Ctx): Promise<Span[]> {
  const { tenantId } = ctx;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const past = await tx.subscription.findMany({
    where: { tenantId, providerId: { not: null }, trialEndsAt: { not: null } },
  });
  return [
    { from: tenant.createdAt, to: tenant.trialEndsAt },
    ...past.map((row) => ({
      from: row.createdAt,
      to: earlier(row.trialEndsAt ?? row.createdAt, row.endedAt),
    })),
  ];
}

function earlier(end: Date, ended: Date | null): Date {
  return ended && ended < end ? ended : end;
}

import { type Prisma, type Tx, withSystem } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';

export type PlatformAuditEntry = {
  /** `<object>.<past participle>`, as in `tenant.suspended` or `tenants.listed`. */
  action: string;
  object: { type: string; id: string };
  /** The tenant it was about. */
  aboutTenantId?: string;
  /** Why, in the operator's own words. */
  reason?: string;
  /** The changed fields only, never a secret. */
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
};

export type Audited<T> = { result: T; entry: PlatformAuditEntry };

/** Writes down who of the platform did what, from where, in the transaction of the act itself. */
export async function recordPlatformAudit(
  tx: Tx,
  ctx: OperatorCtx,
  entry: PlatformAuditEntry,
): Promise<void> {
  const at = ctx.clock.now();
  await tx.platformAuditEvent.create({
    data: {
      id: newId(at.getTime()),
      operatorId: ctx.actor.operatorId,
      role: ctx.actor.role,
      action: entry.action,
      objectType: entry.object.type,
      objectId: entry.object.id,
      aboutTenantId: entry.aboutTenantId ?? null,
      reason: entry.reason ?? null,
      ...(entry.before ? { before: entry.before } : {}),
      ...(entry.after ? { after: entry.after } : {}),
      ip: ctx.ip,
      userAgent: ctx.userAgent,
      requestId: ctx.requestId,
      at,
    },
  });
}

/**
 * The console's only way past the tenants' walls: one transaction as `nz_system`, in which the act is
 * written down as well, whether it changed anything or only looked. The caller authorises.
 */
export function withOperator<T>(
  ctx: OperatorCtx,
  work: (tx: Tx) => Promise<Audited<T>>,
): Promise<T> {
  return withSystem(`operator ${ctx.actor.operatorId}`, async (tx) => {
    const { result, entry } = await work(tx);
    await recordPlatformAudit(tx, ctx, entry);
    return result;
  });
}

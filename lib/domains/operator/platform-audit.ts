import { recordAudit } from '@/lib/domains/audit';
import type { OperatorInside } from '@/lib/domains/billing';
import { Prisma, type Tx, withSystem } from '@/lib/infra/db';
import type { OperatorCtx, PublicCtx } from '@/lib/kernel/ctx';
import { firstIdOf, newId } from '@/lib/kernel/ids';

/** How acts end that only looked: at many things, or at one. */
export const LOOKS = ['.listed', '.viewed'] as const;

/** A page that looks at one thing again and again, while a job works on it, looks once in this time, in ms. */
const ONE_LOOK_MS = 60_000;

export type PlatformAuditEntry = {
  /** `<object>.<past participle>`, as in `tenant.suspended` or `tenants.listed`. */
  action: string;
  object: { type: string; id: string };
  /** The tenant it was about. */
  aboutTenantId?: string;
  /** The operator's ctx in that tenant, where its own log sees the same act, at its own time. */
  inside?: OperatorInside;
  /** Why, in the operator's own words. */
  reason?: string;
  /** The changed fields only, never a secret. */
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
};

export type Audited<T> = { result: T; entry: PlatformAuditEntry };

/** Whether the same operator, at the same place, looked at the very thing less than a minute ago. */
async function lookedLately(tx: Tx, ctx: OperatorCtx, entry: PlatformAuditEntry): Promise<boolean> {
  if (!entry.action.endsWith('.viewed')) return false;
  const since = new Date(ctx.clock.now().getTime() - ONE_LOOK_MS);
  const found = await tx.platformAuditEvent.findFirst({
    where: {
      // Ids carry their time, so that few rows are looked at.
      id: { gt: firstIdOf(since.getTime()) },
      at: { gt: since },
      operatorId: ctx.actor.operatorId,
      action: entry.action,
      objectType: entry.object.type,
      objectId: entry.object.id,
      after: { equals: entry.after ?? Prisma.DbNull },
      ip: ctx.ip,
      userAgent: ctx.userAgent,
    },
    select: { id: true },
  });
  return found !== null;
}

/** Writes down who of the platform did what, from where, in the transaction of the act itself. */
export async function recordPlatformAudit(
  tx: Tx,
  ctx: OperatorCtx,
  entry: PlatformAuditEntry,
): Promise<void> {
  if (await lookedLately(tx, ctx, entry)) return;
  const { action, object, inside } = entry;
  if (inside) await recordAudit(tx, inside, { action, object });
  await write(tx, ctx, ctx.actor, entry);
}

/** Writes down what somebody did who isn't signed in: a sign-in that was refused. The caller bounds how often. */
export async function recordUnsigned(
  tx: Tx,
  info: PublicCtx,
  entry: PlatformAuditEntry,
): Promise<void> {
  await write(tx, info, null, entry);
}

async function write(
  tx: Tx,
  ctx: PublicCtx,
  actor: OperatorCtx['actor'] | null,
  entry: PlatformAuditEntry,
): Promise<void> {
  const { action, object } = entry;
  const at = ctx.clock.now();
  await tx.platformAuditEvent.create({
    data: {
      id: newId(at.getTime()),
      operatorId: actor?.operatorId ?? null,
      role: actor?.role ?? null,
      action,
      objectType: object.type,
      objectId: object.id,
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
 * written down as well, whether it changed anything or only looked; looks at one thing that follow each other within
 * a minute are one. The caller authorises.
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

/**
 * Goes on with an act that `withOperator` wrote down: the further parts of what is taken away, each in a transaction
 * of its own.
 */
export function withOperatorAgain<T>(ctx: OperatorCtx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return withSystem(`operator ${ctx.actor.operatorId}`, work);
}

import type { Prisma, Tx } from '@/lib/infra/db';
import type { Actor, Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';

export type AuditEntry = {
  /** `<object>.<past participle>`, as in `strategy.created`. */
  action: string;
  object: { type: string; id: string };
  /** What was there, and what is there now: the changed fields only, never a secret. */
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
};

/** Who acted, as it is kept: kind and id, and for a key the person behind it. */
export function describeActor(actor: Actor): Prisma.InputJsonObject {
  switch (actor.kind) {
    case 'member':
      return { kind: actor.kind, id: actor.userId, role: actor.role, via: actor.via };
    case 'apiKey':
      return { kind: actor.kind, id: actor.keyId, createdBy: actor.createdBy };
    case 'setup':
      return { kind: actor.kind, id: actor.codeId };
    case 'operator':
      return { kind: actor.kind, id: actor.operatorId, role: actor.role };
    case 'job':
      return { kind: actor.kind, id: actor.name };
    case 'webhook':
      return { kind: actor.kind, id: actor.provider };
  }
}

/** Writes down who did what to what, from where, in the transaction of the change itself. */
export async function recordAudit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  const at = ctx.clock.now();
  await tx.auditEvent.create({
    data: {
      tenantId: ctx.tenantId,
      id: newId(at.getTime()),
      action: entry.action,
      actor: describeActor(ctx.actor),
      objectType: entry.object.type,
      objectId: entry.object.id,
      ...(entry.before ? { before: entry.before } : {}),
      ...(entry.after ? { after: entry.after } : {}),
      ip: ctx.ip,
      requestId: ctx.requestId,
      at,
    },
  });
}

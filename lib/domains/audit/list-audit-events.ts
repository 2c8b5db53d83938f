import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { type IdKind, idPrefixes, isUuid, publicId } from '@/lib/kernel/ids';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { mayReadAudit } from './policy';
import type { AuditEventDto, AuditPage, AuditQuery } from './schemas';

type Row = Awaited<ReturnType<Tx['auditEvent']['findMany']>>[number];
type StoredActor = { kind: AuditEventDto['actor']['kind']; id: string };

/** Object types whose public id has another name. */
const kinds: Record<string, IdKind> = { api_key: 'apiKey', member: 'membership', person: 'user' };
const actorKinds: Partial<Record<StoredActor['kind'], IdKind>> = {
  member: 'user',
  operator: 'operator',
  apiKey: 'apiKey',
};

function outsideId(kind: IdKind | undefined, id: string): string {
  return kind && isUuid(id) ? publicId(kind, id) : id;
}

function objectKind(type: string): IdKind | undefined {
  if (type in kinds) return kinds[type];
  return type in idPrefixes ? (type as IdKind) : undefined;
}

function toDto(row: Row, names: Map<string, string>): AuditEventDto {
  const actor = row.actor as StoredActor;
  return {
    id: publicId('audit', row.id),
    action: row.action,
    actor: {
      kind: actor.kind,
      id: outsideId(actorKinds[actor.kind], actor.id),
      name: names.get(actor.id) ?? null,
    },
    object: { type: row.objectType, id: outsideId(objectKind(row.objectType), row.objectId) },
    before: row.before as Record<string, unknown> | null,
    after: row.after as Record<string, unknown> | null,
    ip: row.ip,
    request_id: row.requestId,
    at: row.at.toISOString(),
  };
}

/** Names of the people who acted, as far as they still belong to the tenant. */
async function actorNames(tx: Tx, rows: Row[]): Promise<Map<string, string>> {
  const actors = rows.map((row) => row.actor as StoredActor);
  const ids = actors.filter(({ kind }) => kind === 'member').map(({ id }) => id);
  const people = await tx.user.findMany({ where: { id: { in: [...new Set(ids)] } } });
  return new Map(people.map(({ id, name, email }) => [id, name || email]));
}

/**
 * One page of the tenant's audit log, newest first. `action` may be whole (`tenant.updated`) or an
 * object's name (`tenant`). Throws `forbidden` without `audit:read`, `invalid_cursor`.
 */
export async function listAuditEvents(ctx: Ctx, query: AuditQuery): Promise<AuditPage> {
  mayReadAudit(ctx);
  const older = olderThan('audit', query.cursor);
  return withTenant(ctx, async (tx) => {
    const rows = await tx.auditEvent.findMany({
      where: { tenantId: ctx.tenantId, ...older, ...actionFilter(query.action) },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    });
    const names = await actorNames(tx, rows);
    return toPage(rows, query.limit, (row) => toDto(row, names), cursorById('audit'));
  });
}

/**
 * The last event of one kind about one object that was written before `beforeId` (ids sort by time), or null. For verbs
 * that say why something is as it is: the caller has authorised the reader for that.
 */
export async function findLastEvent(
  tx: Tx,
  ctx: Ctx,
  { action, objectId, beforeId }: { action: string; objectId: string; beforeId: string },
): Promise<AuditEventDto | null> {
  const row = await tx.auditEvent.findFirst({
    where: { tenantId: ctx.tenantId, action, objectId, id: { lt: beforeId } },
    orderBy: { id: 'desc' },
  });
  return row && toDto(row, await actorNames(tx, [row]));
}

function actionFilter(action: string | undefined) {
  if (action === undefined) return {};
  return { action: action.includes('.') ? action : { startsWith: `${action}.` } };
}

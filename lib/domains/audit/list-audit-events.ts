import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { type IdKind, idPrefixes, isUuid, parsePublicId, publicId } from '@/lib/kernel/ids';
import { mayReadAudit } from './policy';
import type { AuditEventDto, AuditPage, AuditQuery } from './schemas';

type Row = Awaited<ReturnType<Tx['auditEvent']['findMany']>>[number];
type StoredActor = { kind: AuditEventDto['actor']['kind']; id: string };

/** Object types whose public id has another name. */
const kinds: Record<string, IdKind> = { api_key: 'apiKey', member: 'membership', person: 'user' };
const actorKinds: Partial<Record<StoredActor['kind'], IdKind>> = {
  member: 'user',
  operator: 'user',
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
  const after = query.cursor === undefined ? null : parsePublicId('audit', query.cursor);
  if (query.cursor !== undefined && after === null) {
    throw invalidField('cursor', 'invalid_cursor', 'This cursor is not one of ours.');
  }
  return withTenant(ctx, async (tx) => {
    const rows = await tx.auditEvent.findMany({
      where: {
        tenantId: ctx.tenantId,
        ...(after ? { id: { lt: after } } : {}),
        ...actionFilter(query.action),
      },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const names = await actorNames(tx, page);
    const last = page.at(-1);
    const more = rows.length > query.limit && last;
    return {
      data: page.map((row) => toDto(row, names)),
      next_cursor: more ? publicId('audit', last.id) : null,
    };
  });
}

function actionFilter(action: string | undefined) {
  if (action === undefined) return {};
  return { action: action.includes('.') ? action : { startsWith: `${action}.` } };
}

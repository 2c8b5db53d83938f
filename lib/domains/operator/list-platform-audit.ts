import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { type IdKind, isUuid, publicId } from '@/lib/kernel/ids';
import { cursorById, olderThan, type Page, toPage } from '@/lib/kernel/page';
import { LOOKS, withOperator } from './platform-audit';
import type { PlatformAuditQuery, PlatformAuditRow } from './schemas';

type Row = Awaited<ReturnType<Tx['platformAuditEvent']['findMany']>>[number];
type Names = {
  operators: Map<string, string>;
  tenants: Map<string, { id: string; slug: string; name: string }>;
};

const kinds: Record<string, IdKind> = { tenant: 'tenant', operator: 'operator' };

function toDto(row: Row, names: Names): PlatformAuditRow {
  const kind = kinds[row.objectType];
  return {
    id: publicId('platformAudit', row.id),
    action: row.action,
    operator:
      row.operatorId === null || row.role === null
        ? null
        : {
            id: publicId('operator', row.operatorId),
            email: names.operators.get(row.operatorId) ?? '',
            role: row.role,
          },
    object: {
      type: row.objectType,
      id: kind && isUuid(row.objectId) ? publicId(kind, row.objectId) : row.objectId,
      email: names.operators.get(row.objectId) ?? null,
    },
    tenant: row.aboutTenantId ? (names.tenants.get(row.aboutTenantId) ?? null) : null,
    reason: row.reason,
    ip: row.ip,
    request_id: row.requestId,
    at: row.at.toISOString(),
  };
}

async function readNames(tx: Tx, rows: readonly Row[]): Promise<Names> {
  const named = rows.flatMap(({ operatorId, objectType, objectId }) => [
    ...(operatorId ? [operatorId] : []),
    ...(objectType === 'operator' && isUuid(objectId) ? [objectId] : []),
  ]);
  const operators = await tx.platformOperator.findMany({
    where: { id: { in: [...new Set(named)] } },
    select: { id: true, email: true },
  });
  const about = rows.flatMap(({ aboutTenantId }) => (aboutTenantId ? [aboutTenantId] : []));
  const tenants = await tx.tenant.findMany({
    where: { id: { in: [...new Set(about)] } },
    select: { id: true, slug: true, name: true },
  });
  return {
    operators: new Map(operators.map(({ id, email }) => [id, email])),
    tenants: new Map(
      tenants.map(({ id, slug, name }) => [id, { id: publicId('tenant', id), slug, name }]),
    ),
  };
}

/** What operators did, newest first; what they looked at too, when asked. Throws `forbidden`, `invalid_cursor`. */
export async function listPlatformAudit(
  ctx: OperatorCtx,
  { limit, cursor, looks }: PlatformAuditQuery,
): Promise<Page<PlatformAuditRow>> {
  authoriseOperator(ctx, 'platform:read');
  const older = olderThan('platformAudit', cursor);
  return withOperator(ctx, async (tx) => {
    // Without looks the log says what operators did.
    const isLook = LOOKS.map((endsWith) => ({ action: { endsWith } }));
    const rows = await tx.platformAuditEvent.findMany({
      where: { ...older, ...(looks ? {} : { NOT: { OR: isLook } }) },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const names = await readNames(tx, rows);
    return {
      result: toPage(rows, limit, (row) => toDto(row, names), cursorById('platformAudit')),
      entry: { action: 'platform_audit.listed', object: { type: 'platform', id: 'all' } },
    };
  });
}

import { openMoveStates } from '@/lib/domains/billing';
import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { olderThan, toPage } from '@/lib/kernel/page';
import { withOperator } from '../platform-audit';
import { requirePlanId } from '../plans/read-plans';
import {
  type PlanMoveDto,
  planMove,
  type PlanMoveIdInput,
  planMovePart,
  type PlanMovePartPage,
  type PlanMovePartQuery,
} from './schemas';

/** Moves that are shown; older ones are history. */
const SHOWN = 20;

type MoveRow = NonNullable<Awaited<ReturnType<Tx['planMove']['findFirst']>>>;

async function countStates(tx: Tx, ids: readonly string[]) {
  const counts = await tx.planMovePart.groupBy({
    by: ['moveId', 'state'],
    where: { moveId: { in: [...ids] } },
    _count: true,
  });
  return (id: string) =>
    Object.fromEntries(
      counts.filter(({ moveId }) => moveId === id).map(({ state, _count }) => [state, _count]),
    );
}

const none = {
  queued: 0,
  noticed: 0,
  asked: 0,
  moved: 0,
  left_out: 0,
  refused: 0,
  cancelled: 0,
};

function present(row: MoveRow, counted: Record<string, number>): PlanMoveDto {
  const states = { ...none, ...counted };
  const open = openMoveStates.some((state) => states[state] > 0);
  return planMove.parse({
    id: publicId('planMove', row.id),
    plan_id: row.planId,
    to_version: row.toVersion,
    from_versions: row.fromVersions,
    moment: row.moment,
    notice_days: row.noticeDays,
    total: row.total,
    done: row.done,
    spread: row.spreadAt !== null,
    states,
    finished: (row.spreadAt !== null || row.cancelledAt !== null) && !open,
    asked_at: row.askedAt.toISOString(),
    cancelled_at: row.cancelledAt?.toISOString() ?? null,
  });
}

/** The moves of a plan, newest first, in the caller's transaction. */
export async function readMoves(tx: Tx, planId: string): Promise<PlanMoveDto[]> {
  const rows = await tx.planMove.findMany({
    where: { planId },
    orderBy: { id: 'desc' },
    take: SHOWN,
  });
  const statesOf = await countStates(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => present(row, statesOf(row.id)));
}

/** A move of this plan. Throws not_found. */
export async function requireMove(tx: Tx, of: PlanMoveIdInput): Promise<MoveRow> {
  const id = parsePublicId('planMove', of.move_id);
  const row = id && (await tx.planMove.findFirst({ where: { id, planId: requirePlanId(of.id) } }));
  if (!row) throw notFound('plan_move');
  return row;
}

/** One of them, as it is now. */
export async function readMove(tx: Tx, row: MoveRow): Promise<PlanMoveDto> {
  return present(row, (await countStates(tx, [row.id]))(row.id));
}

/** What was moved of a plan and how far that is, newest first. Throws `forbidden`, `not_found`. */
export async function listPlanMoves(ctx: OperatorCtx, id: string): Promise<PlanMoveDto[]> {
  authoriseOperator(ctx, 'platform:read');
  const planId = requirePlanId(id);
  return withOperator(ctx, async (tx) => ({
    result: await readMoves(tx, planId),
    entry: { action: 'plan_moves.listed', object: { type: 'plan', id: planId } },
  }));
}

/** One of them. Throws `forbidden`, `not_found`. */
export async function getPlanMove(ctx: OperatorCtx, of: PlanMoveIdInput): Promise<PlanMoveDto> {
  authoriseOperator(ctx, 'platform:read');
  return withOperator(ctx, async (tx) => {
    const row = await requireMove(tx, of);
    return {
      result: await readMove(tx, row),
      entry: { action: 'plan_move.viewed', object: { type: 'plan_move', id: row.id } },
    };
  });
}

/** What became of each tenant in a move. Throws `forbidden`, `not_found`, `invalid_cursor`. */
export async function listPlanMoveParts(
  ctx: OperatorCtx,
  of: PlanMoveIdInput,
  { limit, cursor }: PlanMovePartQuery,
): Promise<PlanMovePartPage> {
  authoriseOperator(ctx, 'platform:read');
  const before = olderThan('tenant', cursor).id;
  return withOperator(ctx, async (tx) => {
    const move = await requireMove(tx, of);
    const rows = await tx.planMovePart.findMany({
      where: { moveId: move.id, ...(before ? { tenantId: before } : {}) },
      orderBy: { tenantId: 'desc' },
      take: limit + 1,
    });
    const tenants = await tx.tenant.findMany({
      where: { id: { in: rows.map(({ tenantId }) => tenantId) } },
      select: { id: true, slug: true, name: true },
    });
    const named = new Map(tenants.map((tenant) => [tenant.id, tenant]));
    const show = (row: (typeof rows)[number]) =>
      planMovePart.parse({
        tenant: { ...named.get(row.tenantId), id: publicId('tenant', row.tenantId) },
        from_version: row.fromVersion,
        state: row.state,
        reason: row.reason,
        effective_at: row.effectiveAt?.toISOString() ?? null,
        noticed_at: row.noticedAt?.toISOString() ?? null,
        updated_at: row.updatedAt.toISOString(),
      });
    return {
      result: toPage(rows, limit, show, ({ tenantId }) => publicId('tenant', tenantId)),
      entry: { action: 'plan_move.viewed', object: { type: 'plan_move', id: move.id } },
    };
  });
}

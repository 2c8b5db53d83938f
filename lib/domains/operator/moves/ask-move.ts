import { followMoveContract, openMoveStates } from '@/lib/domains/billing';
import { lockPlan } from '@/lib/domains/entitlements';
import { enqueue, enqueueAll } from '@/lib/infra/queue';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { withOperator } from '../platform-audit';
import { requirePlanId } from '../plans/read-plans';
import { countSubscribers } from './subscribers';
import { spreadMoveContract } from './job-contracts';
import { movable } from './movable';
import { readMove, requireMove } from './read-moves';
import type { PlanMoveDto, PlanMoveIdInput, PlanMoveInput } from './schemas';

/**
 * Asks that whoever has certain versions of a plan gets the one on sale; jobs do it, tenant by tenant. Throws `forbidden`,
 * `not_found`, 409 `not_on_sale`, `nobody_to_move`, 422 `version_unknown`.
 */
export async function askPlanMove(ctx: OperatorCtx, input: PlanMoveInput): Promise<PlanMoveDto> {
  authoriseOperator(ctx, 'catalogue:write');
  const planId = requirePlanId(input.id);
  return withOperator(ctx, async (tx) => {
    await lockPlan(tx, planId);
    const askedAt = ctx.clock.now();
    const { to, from } = await movable(tx, input, askedAt);
    const fromVersions = [...from.keys()].sort((a, b) => a - b);
    const total = await countSubscribers(tx, { planId, fromVersions });
    if (total === 0) {
      throw conflict('nobody_to_move', 'Nobody has these versions any more.');
    }
    const row = await tx.planMove.create({
      data: {
        id: newId(askedAt.getTime()),
        planId,
        toVersion: to.version,
        fromVersions,
        moment: input.moment,
        noticeDays: input.notice_days,
        total,
        askedBy: ctx.actor.operatorId,
        askedAt,
      },
    });
    await enqueue(tx, spreadMoveContract, { id: row.id }, { key: `spread-move:${row.id}` });
    return {
      result: await readMove(tx, row),
      entry: {
        action: 'plan.move_asked',
        object: { type: 'plan', id: planId },
        after: {
          move: row.id,
          to_version: to.version,
          from_versions: fromVersions,
          moment: input.moment,
          notice_days: input.notice_days,
          subscriptions: total,
        },
      },
    };
  });
}

/**
 * Takes back what hasn't happened of a move: nobody else is written down, waiting changes are withdrawn by jobs, and who was told is told
 * that it stays. Who has the version keeps it. Throws `forbidden`, `not_found`, 409 `move_finished`.
 */
export async function cancelPlanMove(
  ctx: OperatorCtx,
  input: PlanMoveIdInput,
): Promise<PlanMoveDto> {
  authoriseOperator(ctx, 'catalogue:write');
  return withOperator(ctx, async (tx) => {
    const { id } = await requireMove(tx, input);
    await tx.$queryRaw`SELECT id FROM plan_move WHERE id = ${id}::uuid FOR UPDATE`;
    const move = await tx.planMove.findUniqueOrThrow({ where: { id } });
    const { finished } = await readMove(tx, move);
    if (finished || move.cancelledAt) {
      throw conflict('move_finished', 'Nothing of this move waits any more.');
    }
    const open = await tx.planMovePart.updateManyAndReturn({
      where: { moveId: id, state: { in: [...openMoveStates] }, withdrawn: false },
      data: { withdrawn: true },
      select: { tenantId: true },
    });
    await enqueueAll(
      tx,
      followMoveContract,
      open.map(({ tenantId }) => ({ payload: { tenantId }, key: `move:${tenantId}` })),
    );
    const cancelledAt = ctx.clock.now();
    const row = await tx.planMove.update({ where: { id }, data: { cancelledAt } });
    return {
      result: await readMove(tx, row),
      entry: {
        action: 'plan.move_cancelled',
        object: { type: 'plan', id: row.planId },
        after: { move: id, withdrawn: open.length },
      },
    };
  });
}

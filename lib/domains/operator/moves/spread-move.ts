import { z } from 'zod';
import { followMoveContract, openMoveStates } from '@/lib/domains/billing';
import { type Tx, withSystem } from '@/lib/infra/db';
import { enqueueAll } from '@/lib/infra/queue';
import { nextSubscribers } from './subscribers';

/** Tenants that are written down in one transaction. */
const AT_A_TIME = 100;
/** Their jobs are spread, so that a provider's limits are kept. */
const APART_MS = 200;

/** Subscriptions that another move is about. */
async function taken(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.planMovePart.findMany({
    where: { subscriptionId: { in: [...ids] }, state: { in: [...openMoveStates] } },
    select: { subscriptionId: true },
  });
  return new Set(rows.map(({ subscriptionId }) => subscriptionId));
}

/** One transaction's worth of tenants. False when there are no more, or the move was taken back. */
async function turn(tx: Tx, id: string, now: Date): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM plan_move WHERE id = ${id}::uuid FOR UPDATE`;
  const move = await tx.planMove.findFirst({ where: { id, spreadAt: null, cancelledAt: null } });
  if (!move) return false;
  const fromVersions = z.array(z.int()).parse(move.fromVersions);
  const next = await nextSubscribers(
    tx,
    { planId: move.planId, fromVersions },
    { after: move.lastTenant, limit: AT_A_TIME },
  );
  const last = next.at(-1);
  if (!last) {
    await tx.planMove.update({ where: { id }, data: { spreadAt: now } });
    return false;
  }
  const others = await taken(
    tx,
    next.map((row) => row.id),
  );
  const { planId, toVersion, moment, noticeDays } = move;
  const shared = { moveId: id, planId, toVersion, moment, noticeDays, updatedAt: now };
  await tx.planMovePart.createMany({
    data: next.map((row) => ({
      ...shared,
      tenantId: row.tenantId,
      subscriptionId: row.id,
      fromVersion: row.planVersion,
      ...(others.has(row.id)
        ? { state: 'left_out', reason: 'in_another_move' }
        : { state: 'queued' }),
    })),
  });
  await enqueueAll(
    tx,
    followMoveContract,
    next
      .filter((row) => !others.has(row.id))
      .map(({ tenantId }, index) => ({
        payload: { tenantId },
        key: `move:${tenantId}`,
        runAt: new Date(now.getTime() + index * APART_MS),
      })),
  );
  await tx.planMove.update({
    where: { id },
    data: { done: { increment: next.length }, lastTenant: last.tenantId },
  });
  return true;
}

/**
 * Writes down whom a move is about, some tenants at a time, each with a job that does it: every transaction says where it got to,
 * so that a worker that died is followed by one that goes on there. No provider is asked.
 */
export async function spreadMove(id: string, now: () => Date, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (!(await withSystem('operator.spread_move', (tx) => turn(tx, id, now())))) return;
  }
  throw new Error('The worker is being stopped; the move goes on with the next try.');
}

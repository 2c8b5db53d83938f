import { handlers } from '@/lib/runtime/worker-jobs';
import type { Clock } from '@/lib/kernel/clock';
import type { RequestInfo } from '@/lib/kernel/ctx';
import type { World } from './billing-world';

const byName = new Map(handlers.map((handler) => [handler.contract.name, handler]));

/** Who calls without being anybody yet, at the clock's time. */
export const infoAt = (clock: Clock): RequestInfo => ({
  requestId: 'req_queued',
  clock,
  ip: null,
  userAgent: null,
});

/** Does one job, as a worker would. */
export async function doJob(clock: Clock, name: string, payload: object): Promise<void> {
  const handler = byName.get(name);
  if (!handler) throw new Error(`nothing runs ${name}`);
  const info = infoAt(clock);
  const { tenantId } = payload as { tenantId: string };
  const actor = { kind: 'job', name } as const;
  const ctx = handler.contract.scope === 'tenant' ? { ...info, tenantId, actor } : info;
  await handler.run(ctx, payload, {
    attempt: 1,
    maxAttempts: 1,
    signal: new AbortController().signal,
  });
}

/** Does what is queued under these names, and what that queues, until nothing is; waits are not waited for. */
export async function doQueued(
  { admin }: Pick<World, 'admin'>,
  clock: Clock,
  names: readonly string[],
): Promise<void> {
  for (;;) {
    const { rows } = await admin.query<{ name: string; payload: object }>(
      `DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
       WHERE t.id = j.task_id AND t.identifier = ANY ($1) RETURNING t.identifier AS name, j.payload`,
      [names],
    );
    if (rows.length === 0) return;
    for (const { name, payload } of rows) await doJob(clock, name, payload);
  }
}

import type { z } from 'zod';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import { Prisma, type Tx } from '../db';

/**
 * What a job is called and carries; apart from its handler, so that whoever queues it doesn't
 * import what runs it. A tenant-scoped payload names its tenant.
 */
export type JobContract<P extends object = object, S extends Scope = Scope> = {
  name: string;
  payload: z.ZodType<P>;
  scope: S;
  /** Tries before the job is given up; waits grow exponentially between them. */
  maxAttempts: number;
  /** Jobs of one queue run one after another. */
  queue?: (payload: P) => string;
};

export type Scope = 'tenant' | 'system';
type TenantPayload = { tenantId: string };

type ContractInit<P extends object, S extends Scope> = Omit<JobContract<P, S>, 'maxAttempts'> & {
  maxAttempts?: number;
};

/** Names a job and what it carries; it is tried eight times unless told otherwise. */
export function jobContract<P extends TenantPayload>(
  init: ContractInit<P, 'tenant'>,
): JobContract<P, 'tenant'>;
export function jobContract<P extends object>(
  init: ContractInit<P, 'system'>,
): JobContract<P, 'system'>;
export function jobContract<P extends object, S extends Scope>(
  init: ContractInit<P, S>,
): JobContract<P, S> {
  return { maxAttempts: 8, ...init };
}

/** One of many jobs to queue at once. */
export type Queued<P> = { payload: P; key: string; runAt?: Date };

/**
 * Queues many jobs in one statement, in the transaction of the change that wants them. Keys differ;
 * a waiting job of the same key is replaced.
 */
export async function enqueueAll<P extends object>(
  tx: Tx,
  contract: JobContract<P>,
  jobs: readonly Queued<P>[],
): Promise<void> {
  if (jobs.length === 0) return;
  const payloads = jobs.map(({ payload }) => contract.payload.parse(payload));
  const rows = jobs.map(({ key, runAt }, index) => {
    const payload = payloads[index] as P;
    return { payload, key, run_at: runAt ?? null, queue: contract.queue?.(payload) ?? null };
  });
  await tx.$executeRaw`SELECT door.enqueue_all(
    ${contract.name}, ${JSON.stringify(rows)}::json, ${contract.maxAttempts}::int)`;
}

/**
 * Queues a job in the transaction of the change that wants it. `key` replaces a waiting job of the same key. It waits until
 * `runAt`, or for `afterMs` of real time, whatever time it is in the tenant.
 */
export async function enqueue<P extends object>(
  tx: Tx,
  contract: JobContract<P>,
  payload: P,
  options: { key?: string; runAt?: Date; afterMs?: number } = {},
): Promise<void> {
  const checked = contract.payload.parse(payload);
  const { key, afterMs } = options;
  const runAt = afterMs === undefined ? options.runAt : new Date(Date.now() + afterMs);
  await tx.$executeRaw`SELECT door.enqueue(
    ${contract.name}, ${JSON.stringify(checked)}::json, ${key ?? null}::text,
    ${runAt ?? null}::timestamptz, ${contract.maxAttempts}::int,
    ${contract.queue?.(checked) ?? null}::text)`;
}

/**
 * SQL for cross-tenant jobs: whether a job of this key waits for its turn, or is in a worker's hand and `held` is
 * true. The queue keeps jobs that had all their tries; they don't count.
 */
export function hasLiveJob(key: Prisma.Sql, held: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM graphile_worker._private_jobs job WHERE job.key = ${key}
      AND CASE WHEN job.locked_at IS NULL THEN job.attempts < job.max_attempts ELSE ${held} END)`;
}

export type JobRun = { attempt: number; maxAttempts: number; signal: AbortSignal };

/** A contract with what runs it. `ctx` has the job as its actor. */
export type JobHandler = {
  contract: JobContract;
  run: (ctx: Ctx | RequestInfo, payload: unknown, run: JobRun) => Promise<void>;
};

/** Ties a contract to what runs it, with the ctx of its scope. */
export function jobHandler<P extends TenantPayload>(
  contract: JobContract<P, 'tenant'>,
  run: (ctx: Ctx, payload: P, run: JobRun) => Promise<void>,
): JobHandler;
export function jobHandler<P extends object>(
  contract: JobContract<P, 'system'>,
  run: (ctx: RequestInfo, payload: P, run: JobRun) => Promise<void>,
): JobHandler;
export function jobHandler<P extends object>(
  contract: JobContract<P>,
  run: (ctx: never, payload: P, run: JobRun) => Promise<void>,
): JobHandler {
  return {
    contract: contract as unknown as JobContract,
    // The overloads tie the kind of ctx to the contract's scope; lib/transport/define-job builds it so.
    run: (ctx, payload, jobRun) => run(ctx as never, payload as P, jobRun),
  };
}

/** A job queued by the clock, once however many workers run. */
export type Schedule = {
  contract: Pick<JobContract, 'name' | 'maxAttempts'>;
  cron: string;
  payload: Record<string, unknown>;
};

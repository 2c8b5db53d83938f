import { EventEmitter } from 'node:events';
import {
  Logger,
  parseCronItems,
  type Runner,
  run,
  type TaskList,
  type WorkerPool,
} from 'graphile-worker';
import pg from 'pg';
import { env } from '@/lib/infra/env';
import { log } from '@/lib/infra/log';
import type { JobHandler, Schedule } from '@/lib/infra/queue';
import { defineJob } from '@/lib/transport/define-job';
import { startPresence } from './worker-presence';

/** Jobs at the same time in one process; long computations run in threads of their own. */
const CONCURRENCY = 6;
/** Jobs that haven't ended this long after the process was asked to end are told to stop, in ms. */
const ABORT_AFTER_MS = 6_000;

/** Runs jobs and schedules from the database's queue until it is stopped. */
export async function startQueue(
  handlers: readonly JobHandler[],
  schedules: readonly Schedule[],
): Promise<{ stop(): Promise<void> }> {
  const pool = new pg.Pool({
    connectionString: env().database.systemUrl,
    max: CONCURRENCY + 4,
    application_name: 'neozork-worker',
  });
  const unwell = (error: Error) => log().warn({ err: error }, 'queue connection');
  pool.on('error', unwell);
  pool.on('connect', (client) => client.on('error', unwell));
  const presence = startPresence();
  const events = new EventEmitter();
  // Jobs are held in the name of the pool, not of the single worker.
  events.on('pool:create', ({ workerPool }: { workerPool: WorkerPool }) =>
    presence.announce(workerPool.id),
  );
  const runner = await run({
    pgPool: pool,
    schema: 'graphile_worker',
    concurrency: CONCURRENCY,
    pollInterval: 1_000,
    noHandleSignals: true,
    taskList: tasksOf(handlers),
    parsedCronItems: cronOf(schedules),
    preset: { worker: { gracefulShutdownAbortTimeout: ABORT_AFTER_MS } },
    events,
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') log().warn({ from: 'queue' }, message);
    }),
  });
  return { stop: () => stopAll(runner, presence, pool) };
}

async function stopAll(
  runner: Runner,
  presence: ReturnType<typeof startPresence>,
  pool: pg.Pool,
): Promise<void> {
  await runner.stop();
  await presence.stop();
  await pool.end();
}

function tasksOf(handlers: readonly JobHandler[]): TaskList {
  return Object.fromEntries(
    handlers.map((handler) => {
      const job = defineJob(handler);
      return [
        handler.contract.name,
        (payload, { job: row, abortSignal }) =>
          job(ownPayload(payload), {
            attempt: row.attempts,
            maxAttempts: row.max_attempts,
            signal: abortSignal ?? new AbortController().signal,
          }),
      ] satisfies [string, TaskList[string]];
    }),
  );
}

/** What a job was queued with: the queue adds the time to the payloads of schedules. */
function ownPayload(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return payload;
  const { _cron, ...own } = payload as Record<string, unknown>;
  return own;
}

function cronOf(schedules: readonly Schedule[]) {
  return parseCronItems(
    schedules.map(({ contract, cron, payload }) => ({
      task: contract.name,
      match: cron,
      payload,
      options: { maxAttempts: contract.maxAttempts, jobKey: contract.name },
    })),
  );
}

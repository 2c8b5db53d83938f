import { withSystem } from '@/lib/infra/db';
import { type JobHandler, jobHandler, type Schedule } from '@/lib/infra/queue';
import { KEEP_ANSWERS_MS } from './idempotency';
import { clearCallsContract } from './job-contracts';

/** The outcome of a flush is asked for ten minutes at most (lib/infra/group-commit). */
const KEEP_FLUSHES_MS = 20 * 60_000;
/** The slowest bucket fills within an hour; a full one is the same as none. */
const KEEP_BUCKETS_MS = 2 * 3_600_000;

export const jobs: JobHandler[] = [
  jobHandler(clearCallsContract, async (ctx) => {
    const before = (ms: number) => new Date(ctx.clock.now().getTime() - ms);
    await withSystem('clear old calls', async (tx) => {
      await tx.meteringFlush.deleteMany({ where: { createdAt: { lt: before(KEEP_FLUSHES_MS) } } });
      await tx.idempotencyRecord.deleteMany({
        where: { createdAt: { lt: before(KEEP_ANSWERS_MS) } },
      });
      await tx.$executeRaw`
        DELETE FROM rate_bucket WHERE key IN (
          SELECT key FROM rate_bucket WHERE updated_at < ${before(KEEP_BUCKETS_MS)} FOR UPDATE SKIP LOCKED)`;
    });
  }),
];

export const schedules: Schedule[] = [
  { contract: clearCallsContract, cron: '*/5 * * * *', payload: {} },
];

import { withSystem } from '@/lib/infra/db';
import { type JobHandler, jobHandler, type Schedule } from '@/lib/infra/queue';
import { countSessions } from './count-sessions';
import { clearStreamsContract } from './job-contracts';
import { relayLimits } from './relay-limits';
import { relayUsageTurn } from './relay-usage';

/** A client may resume within this time, in ms. */
const KEEP_STREAM_MS = 24 * 3_600_000;
/** Outbox rows relayed longer ago than this, in ms, are in nobody's reach. */
const KEEP_OUTBOX_MS = 7 * 24 * 3_600_000;

export const jobs: JobHandler[] = [
  jobHandler(clearStreamsContract, async (ctx) => {
    const now = ctx.clock.now().getTime();
    await withSystem('clear old stream messages', async (tx) => {
      // The newest of each meter stays: it is what a new reader starts from.
      await tx.$executeRaw`
        DELETE FROM usage_stream s WHERE at < ${new Date(now - KEEP_STREAM_MS)}
          AND EXISTS (SELECT FROM usage_stream n
                      WHERE n.tenant_id = s.tenant_id AND n.meter = s.meter AND n.seq > s.seq)`;
      await tx.outbox.deleteMany({ where: { relayedAt: { lt: new Date(now - KEEP_OUTBOX_MS) } } });
    });
  }),
];

export const schedules: Schedule[] = [
  { contract: clearStreamsContract, cron: '17 * * * *', payload: {} },
];

/** What is done when the outbox is relayed. */
export const listeners = [countSessions, relayLimits];

/** What the relay of the worker repeats: it answers how much it did. */
export const relays = [{ name: 'usage', turn: relayUsageTurn }];

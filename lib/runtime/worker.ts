import { closeDatabase } from '@/lib/infra/db';
import { attachToSupervisor } from './attach-to-supervisor';
import { startRelay } from './relay';
import { handlers, relays, schedules } from './worker-jobs';
import { startQueue } from './worker-queue';

// Jobs, schedules and the relay of the outbox, until the supervisor asks the process to end.
const queue = await startQueue(handlers, schedules);
const relay = startRelay(relays);
attachToSupervisor(async () => {
  await Promise.all([queue.stop(), relay.stop()]);
  await closeDatabase();
}).ready();

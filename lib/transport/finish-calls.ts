import { drainAdmissions } from '@/lib/domains/gateway';
import { drainTallies } from '@/lib/infra/tally';
import { endEventStreams } from './event-stream';

/** Before a process stops listening: open streams end, because they would never end by themselves. */
export function endStreams(): void {
  endEventStreams();
}

/** After the last answer: what was counted is written, what was refunded too. */
export async function finishCalls(): Promise<void> {
  await drainAdmissions();
  await drainTallies();
}

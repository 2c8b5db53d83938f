import { addTallies } from '@/lib/infra/tally';
import type { OutboxListener } from '@/lib/infra/realtime';

/**
 * Counts sessions opened in a tenant. Identity, which opens them, comes before usage and only says so; the count is
 * written in the transaction that marks the message as heard, so it is counted once.
 */
export const countSessions: OutboxListener = {
  topic: 'session.started',
  hear: (tx, messages) =>
    addTallies(
      tx,
      messages.map(({ tenantId, at }) => ({
        tenantId,
        meter: 'user_sessions',
        at,
        count: 1,
        value: 1,
      })),
    ),
};

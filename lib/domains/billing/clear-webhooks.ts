import { withSystem } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';

/** How long a delivery that was dealt with can be looked at and replayed, in ms: 90 days. */
const KEEP_MS = 90 * 86_400_000;

/**
 * Forgets deliveries that were dealt with more than 90 days ago; what failed or still waits stays, however old.
 * Answers how many. An event that came once more after that would only be looked into again.
 */
export async function clearWebhooks(ctx: PublicCtx): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - KEEP_MS);
  const { count } = await withSystem('billing.clear_webhooks', (tx) =>
    tx.webhookInbox.deleteMany({
      // Nothing is dealt with before it is received: the index by that time finds the few to look at.
      where: { receivedAt: { lt: before }, processedAt: { lt: before } },
    }),
  );
  return count;
}

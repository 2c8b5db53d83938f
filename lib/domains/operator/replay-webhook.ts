import { receiveContract } from '@/lib/domains/billing';
import { enqueue } from '@/lib/infra/queue';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { withOperator } from './platform-audit';
import type { WebhookReplayInput } from './schemas';

/**
 * Deals with a stored delivery once more. It only says where to look, so doing it again changes
 * nothing that was right; pressing twice queues one job. Throws `forbidden`, `not_found`.
 */
export async function replayWebhook(ctx: OperatorCtx, input: WebhookReplayInput): Promise<void> {
  authoriseOperator(ctx, 'money:write');
  const { provider, event_id: eventId } = input;
  await withOperator(ctx, async (tx) => {
    const where = { provider_eventId: { provider, eventId } };
    const before = await tx.webhookInbox.findUnique({ where });
    if (!before) throw notFound('webhook');
    await tx.webhookInbox.update({
      where,
      data: { processedAt: null, outcome: null, lastError: null },
    });
    await enqueue(
      tx,
      receiveContract,
      { provider, eventId },
      { key: `billing.receive:replay:${provider}:${eventId}` },
    );
    return {
      result: null,
      entry: {
        action: 'webhook.replayed',
        object: { type: 'webhook', id: `${provider} ${eventId}` },
        before: { outcome: before.outcome, last_error: before.lastError },
      },
    };
  });
}

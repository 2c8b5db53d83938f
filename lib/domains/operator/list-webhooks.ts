import type { Prisma, Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { invalidCursor, toPage } from '@/lib/kernel/page';
import { withOperator } from './platform-audit';
import type {
  AdminWebhook,
  AdminWebhookDetail,
  AdminWebhookPage,
  AdminWebhookQuery,
  WebhookReplayInput,
  WebhookState,
} from './schemas';

type Row = NonNullable<Awaited<ReturnType<Tx['webhookInbox']['findFirst']>>>;

function stateOf({ processedAt, outcome, lastError }: Row): string {
  if (processedAt) return outcome ?? 'ignored';
  return lastError === null ? 'waiting' : 'failing';
}

function toDto(row: Row): AdminWebhook {
  return {
    provider: row.provider,
    event_id: row.eventId,
    type: row.type,
    state: stateOf(row),
    attempts: row.attempts,
    last_error: row.lastError,
    received_at: row.receivedAt.toISOString(),
    processed_at: row.processedAt?.toISOString() ?? null,
  };
}

function inState(state: WebhookState | undefined): Prisma.WebhookInboxWhereInput {
  if (state === undefined) return {};
  if (state === 'waiting') return { processedAt: null, lastError: null };
  if (state === 'failing') return { processedAt: null, lastError: { not: null } };
  return { processedAt: { not: null }, outcome: state };
}

function olderThanCursor(cursor: string | undefined): Prisma.WebhookInboxWhereInput {
  if (cursor === undefined) return {};
  const [, millis, eventId] = /^(\d{1,15})\.(.{1,255})$/.exec(cursor) ?? [];
  if (!millis || !eventId) throw invalidCursor();
  const at = new Date(Number(millis));
  return { OR: [{ receivedAt: { lt: at } }, { receivedAt: at, eventId: { lt: eventId } }] };
}

function searched(text: string | undefined): Prisma.WebhookInboxWhereInput {
  return text ? { OR: [{ eventId: text }, { type: { contains: text, mode: 'insensitive' } }] } : {};
}

/** What providers have told us, newest first, without the bodies. Throws `forbidden`, `invalid_cursor`. */
export async function listWebhooks(
  ctx: OperatorCtx,
  query: AdminWebhookQuery,
): Promise<AdminWebhookPage> {
  authoriseOperator(ctx, 'platform:read');
  const { search, state, provider, limit } = query;
  return withOperator(ctx, async (tx) => {
    const rows = await tx.webhookInbox.findMany({
      where: {
        AND: [
          inState(state),
          searched(search),
          olderThanCursor(query.cursor),
          provider ? { provider } : {},
        ],
      },
      orderBy: [{ receivedAt: 'desc' }, { eventId: 'desc' }],
      take: limit + 1,
    });
    const cursorOf = (row: Row) => `${row.receivedAt.getTime()}.${row.eventId}`;
    return {
      result: toPage(rows, limit, toDto, cursorOf),
      entry: {
        action: 'webhooks.listed',
        object: { type: 'platform', id: 'all' },
        after: { search: search ?? null, state: state ?? null, provider: provider ?? null },
      },
    };
  });
}

/** A body with what opens something taken out: an operator needs to see that it was there, not what it is. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name.endsWith('_secret') && typeof inner === 'string' ? '(hidden)' : withoutSecrets(inner),
  ]);
  return Object.fromEntries(entries);
}

/** One delivery with its body, secrets hidden. Throws `forbidden`, `not_found`. */
export async function getWebhook(
  ctx: OperatorCtx,
  { provider, event_id: eventId }: WebhookReplayInput,
): Promise<AdminWebhookDetail> {
  authoriseOperator(ctx, 'platform:read');
  return withOperator(ctx, async (tx) => {
    const row = await tx.webhookInbox.findUnique({
      where: { provider_eventId: { provider, eventId } },
    });
    if (!row) throw notFound('webhook');
    return {
      result: { ...toDto(row), body: withoutSecrets(row.body) },
      entry: {
        action: 'webhook.viewed',
        object: { type: 'webhook', id: `${provider} ${eventId}` },
      },
    };
  });
}

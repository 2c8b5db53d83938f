import { z } from 'zod';
import { follow, type StreamMessage, type StreamName } from '@/lib/infra/realtime';
import type { Permission } from '@/lib/kernel/access';
import { allows, authorise, type Ctx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { guardStream, type StreamEnd } from './stream-guard';

export const streamQuery = z.strictObject({
  since_seq: z.coerce.number().int().min(0).optional(),
  tenant: z.string().optional(),
});

const shared = {
  tag: 'Usage',
  access: 'tenant',
  quotaExempt: true,
  query: streamQuery,
  formats: ['text/event-stream'],
  errors: ['upgrade_required'],
} as const;

/** The routes of the streams, for WebSocket handshakes and server-sent events alike. */
export const streamSpecs = {
  usage: {
    ...shared,
    summary: 'Live usage: WebSocket, or server-sent events',
    permission: 'usage:read',
  },
  events: {
    ...shared,
    summary: 'What changes in the organisation: WebSocket, or server-sent events',
    permission: 'tenant:read',
  },
} as const;

/** Keeps proxies from closing a quiet connection, in ms. */
export const HEARTBEAT_MS = 25_000;

/** What a topic of the outbox takes to be seen; one that isn't listed reaches no stream. */
const permissionOf: Record<string, Permission> = {
  usage: 'usage:read',
  backtest: 'backtests:read',
  strategy: 'strategies:read',
  instrument: 'market_data:read',
  subscription: 'billing:read',
  invoice: 'billing:read',
  entitlements: 'tenant:read',
  branding: 'tenant:read',
  tenant: 'tenant:read',
  member: 'members:read',
  api_key: 'api_keys:read',
};

/** Whether this caller may see this message. */
export function mayFollow(ctx: Ctx, stream: StreamName, message: StreamMessage): boolean {
  if (stream === 'usage') return true;
  const topic = String((message.data as { type?: unknown }).type);
  const permission = permissionOf[topic.split('.')[0] ?? ''];
  return permission !== undefined && allows(ctx.actor, permission);
}

/**
 * A stream as server-sent events; the id of each is its number, so that a browser resumes by itself.
 * When the right to it ends, the last event is `end` with the code a WebSocket would be closed with.
 */
export function sseAnswer(
  ctx: Ctx,
  stream: StreamName,
  request: Request,
  since: number | undefined,
): Response {
  const { permission } = streamSpecs[stream];
  authorise(ctx, permission);
  if (!/\btext\/event-stream\b/i.test(request.headers.get('accept') ?? '')) throw upgradeRequired();
  const resumed = /^\d{1,15}$/.exec(request.headers.get('last-event-id') ?? '')?.[0];
  const from = resumed === undefined ? (since ?? null) : Number(resumed);
  const gone = new AbortController();
  request.signal.addEventListener('abort', () => gone.abort());
  const encoder = new TextEncoder();
  let heartbeat: NodeJS.Timeout | undefined;
  let why: StreamEnd | undefined;
  const guard = guardStream(request.headers, { ctx, permission }, (end) => {
    why = end;
    gone.abort();
  });
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode('retry: 1000\n\n'));
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(':\n\n')), HEARTBEAT_MS);
      void pump(controller).then(
        () => closeQuietly(controller, why && encoder.encode(lastEvent(why))),
        (error: unknown) => controller.error(error),
      );
    },
    cancel: () => gone.abort(),
  });
  async function pump(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      for await (const message of follow(ctx.tenantId, stream, from, gone.signal)) {
        if (!(await guard.allowed())) return;
        if (!mayFollow(guard.ctx(), stream, message)) continue;
        const text = `id: ${message.seq}\ndata: ${JSON.stringify(message.data)}\n\n`;
        controller.enqueue(encoder.encode(text));
      }
    } finally {
      clearInterval(heartbeat);
      guard.stop();
    }
  }
  openStreams.add(gone);
  gone.signal.addEventListener('abort', () => openStreams.delete(gone));
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
  });
}

const openStreams = new Set<AbortController>();

/** Ends every stream of this process, so that it can stop; clients resume elsewhere. */
export function endEventStreams(): void {
  for (const stream of openStreams) stream.abort();
}

const lastEvent = (why: StreamEnd) => `event: end\ndata: ${JSON.stringify(why)}\n\n`;

function closeQuietly(
  controller: ReadableStreamDefaultController<Uint8Array>,
  last: Uint8Array | undefined,
): void {
  try {
    if (last) controller.enqueue(last);
    controller.close();
  } catch {
    // The reader went away first, which closed it.
  }
}

const upgradeRequired = () =>
  new DomainError(
    'malformed',
    'upgrade_required',
    'Open this as a WebSocket, or ask for server-sent events with Accept: text/event-stream.',
  );

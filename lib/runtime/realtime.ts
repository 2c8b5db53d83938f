import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { follow, type StreamName } from '@/lib/infra/realtime';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { admitHandshake } from '@/lib/transport/admit-handshake';
import { HEARTBEAT_MS, mayFollow, streamSpecs } from '@/lib/transport/event-stream';
import { guardStream, type StreamGuard } from '@/lib/transport/stream-guard';
import { answerHandshake, handshakeRequest } from './handshake';

const STREAMS: Readonly<Record<string, StreamName>> = {
  '/api/v1/usage/stream': 'usage',
  '/api/v1/events/stream': 'events',
};

/** A reader that lets this much pile up, in bytes, is cut; it resumes by number when it can read again. */
const MOST_BUFFERED = 1_000_000;

/** A client that doesn't answer the close gets this long, in ms. */
const CLOSE_MS = 1_000;

export type Realtime = {
  /** True when the path is one of ours; the socket is then taken care of. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
};

/** WebSocket endpoints. Credential, tenant, Origin, rate and scope are checked at every handshake. */
export function makeRealtime(): Realtime {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 4_096,
    perMessageDeflate: false,
  });
  const told = new WeakMap<IncomingMessage, Record<string, string>>();
  server.on('headers', (lines, request) => {
    for (const [name, value] of Object.entries(told.get(request) ?? {})) {
      lines.push(`${name}: ${value}`);
    }
  });
  return {
    upgrade(request, socket, head) {
      const asked = handshakeRequest(request);
      const stream = STREAMS[new URL(asked.url).pathname];
      if (!stream) return false;
      void admitHandshake(stream, asked).then((handshake) => {
        if (handshake.let === 'out') return answerHandshake(socket, handshake.answer);
        const { ctx, since } = handshake;
        told.set(request, handshake.headers);
        return server.handleUpgrade(request, socket, head, (client) => {
          void serve(client, { ctx, stream, since, headers: asked.headers });
        });
      }, cut(socket));
      return true;
    },
    close() {
      for (const client of server.clients) client.close(1001, 'restarting');
      server.close();
    },
  };
}

/** An error that nobody expected ends the one socket, not the process. */
const cut = (socket: Duplex) => (error: unknown) => {
  log().error({ err: error }, 'handshake failed');
  socket.destroy();
};

type Session = { ctx: Ctx; stream: StreamName; since: number | null; headers: Headers };

async function serve(client: WebSocket, { ctx, stream, since, headers }: Session): Promise<void> {
  const { permission } = streamSpecs[stream];
  const gone = new AbortController();
  client.on('close', () => gone.abort());
  client.on('error', () => client.terminate());
  const guard = guardStream(headers, { ctx, permission }, ({ code, reason }) => {
    gone.abort();
    client.close(code, reason);
    setTimeout(() => client.terminate(), CLOSE_MS).unref();
  });
  const stopBeating = beat(client, guard);
  try {
    for await (const message of follow(ctx.tenantId, stream, since, gone.signal)) {
      if (!(await guard.allowed())) return;
      if (!mayFollow(guard.ctx(), stream, message)) continue;
      if (client.bufferedAmount > MOST_BUFFERED) return client.terminate();
      if (client.readyState === WebSocket.OPEN) client.send(JSON.stringify(message.data));
    }
  } catch (error) {
    log().warn({ err: error, stream }, 'stream ended');
    client.close(1011, 'try again');
  } finally {
    stopBeating();
    guard.stop();
  }
}

/** Ends connections whose other end went away without a word, or whose credential ran out. */
function beat(client: WebSocket, guard: StreamGuard): () => void {
  let alive = true;
  client.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) return client.terminate();
    alive = false;
    client.ping();
    void guard.allowed();
  }, HEARTBEAT_MS);
  return () => clearInterval(timer);
}

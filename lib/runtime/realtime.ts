import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { follow, type StreamName } from '@/lib/infra/realtime';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { admitHandshake } from '@/lib/transport/admit-handshake';
import { HEARTBEAT_MS, mayFollow } from '@/lib/transport/event-stream';
import { stillAllowed } from '@/lib/transport/stream-caller';
import { answerHandshake, handshakeRequest } from './handshake';

const STREAMS: Readonly<Record<string, StreamName>> = {
  '/api/v1/usage/stream': 'usage',
  '/api/v1/events/stream': 'events',
};

/** A reader that lets this much pile up, in bytes, is cut; it resumes by number when it can read again. */
const MOST_BUFFERED = 1_000_000;

/** Close codes of our own: the client shouldn't come back, or should sign in first. */
const SIGNED_OUT = 4_401;

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
      });
      return true;
    },
    close() {
      for (const client of server.clients) client.close(1001, 'restarting');
      server.close();
    },
  };
}

type Session = { ctx: Ctx; stream: StreamName; since: number | null; headers: Headers };

async function serve(client: WebSocket, { ctx, stream, since, headers }: Session): Promise<void> {
  const gone = new AbortController();
  client.on('close', () => gone.abort());
  client.on('error', () => client.terminate());
  const allowed = stillAllowed(headers, ctx);
  const stopBeating = beat(client, allowed);
  try {
    for await (const message of follow(ctx.tenantId, stream, since, gone.signal)) {
      if (!mayFollow(ctx, stream, message)) continue;
      if (!(await allowed())) return client.close(SIGNED_OUT, 'signed out');
      if (client.bufferedAmount > MOST_BUFFERED) return client.terminate();
      if (client.readyState === WebSocket.OPEN) client.send(JSON.stringify(message.data));
    }
  } catch (error) {
    log().warn({ err: error, stream }, 'stream ended');
    client.close(1011, 'try again');
  } finally {
    stopBeating();
  }
}

/** Ends connections whose other end went away without a word, or whose credential was revoked. */
function beat(client: WebSocket, allowed: () => Promise<boolean>): () => void {
  let alive = true;
  client.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) return client.terminate();
    alive = false;
    client.ping();
    void allowed().then((good) => good || client.close(SIGNED_OUT, 'signed out'));
  }, HEARTBEAT_MS);
  return () => clearInterval(timer);
}

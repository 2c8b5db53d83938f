/** What every stream of a tenant carries. */
export type LiveMessage = { type: string; at: string; seq: number };

/** A counter as it stood when something was counted, with the limit of that moment. */
export type UsageMessage = LiveMessage & { meter: string; used: number; limit: number | null };

/**
 * Whether a message tells more than figures read at `asOf`, ISO 8601 UTC. A stream begins with each
 * counter's latest message, and that may be of a plan which the tenant has left since.
 */
export function isNewer(message: LiveMessage, asOf: string): boolean {
  return Date.parse(message.at) >= Date.parse(asOf);
}

/** Streams below `/api/v1`, as in `/api/v1/usage/stream`. */
export type LiveStream = 'events' | 'usage';

type Listener = (message: LiveMessage) => void;

/** Waits between attempts, in ms; the last one repeats. */
const WAITS = [500, 1_000, 2_000, 5_000, 10_000];
/** Sockets that never opened, before server-sent events are tried instead. */
const SOCKET_TRIES = 2;
/** How long a connection nobody listens to stays, in ms: a part of the page that is drawn anew comes back. */
const LINGER_MS = 1_000;
/** From here on a close code says that the right to the stream ended: coming back would be in vain. */
const NO_MORE = 4_400;

function readMessage(text: string): LiveMessage | null {
  try {
    const message = JSON.parse(text) as Partial<LiveMessage>;
    return typeof message.type === 'string' && typeof message.seq === 'number'
      ? (message as LiveMessage)
      : null;
  } catch {
    return null;
  }
}

/**
 * One connection a stream, tenant and browser tab, shared by all who listen. It comes back by itself where
 * it broke off, so nothing is missed; where WebSockets don't get through it falls back to
 * server-sent events.
 */
class LiveConnection {
  private readonly listeners = new Set<Listener>();
  private readonly stream: LiveStream;
  private readonly tenant: string;
  private close: (() => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private leaving: ReturnType<typeof setTimeout> | null = null;
  private failures = 0;
  private neverOpened = 0;
  private lastSeq: number | null = null;

  constructor(stream: LiveStream, tenant: string) {
    this.stream = stream;
    this.tenant = tenant;
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    if (this.leaving !== null) {
      clearTimeout(this.leaving);
      this.leaving = null;
    } else if (this.listeners.size === 1) {
      this.open();
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.leave();
    };
  }

  private address(): string {
    const query = new URLSearchParams({ tenant: this.tenant });
    if (this.lastSeq !== null) query.set('since_seq', String(this.lastSeq));
    return `${window.location.host}/api/v1/${this.stream}/stream?${query}`;
  }

  private open(): void {
    if (this.neverOpened < SOCKET_TRIES) this.openSocket();
    else this.openEventSource();
  }

  private openSocket(): void {
    const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${this.address()}`);
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.failures = 0;
    };
    socket.onmessage = ({ data }) => this.take(String(data));
    socket.onclose = ({ code }) => {
      if (code >= NO_MORE) return;
      this.neverOpened = opened ? 0 : this.neverOpened + 1;
      this.again();
    };
    this.close = () => {
      socket.onclose = null;
      socket.close();
    };
  }

  private openEventSource(): void {
    const source = new EventSource(`${window.location.protocol}//${this.address()}`);
    source.onopen = () => {
      this.failures = 0;
    };
    source.onmessage = ({ data }) => this.take(String(data));
    source.addEventListener('end', () => source.close());
    source.onerror = () => {
      source.close();
      this.again();
    };
    this.close = () => source.close();
  }

  private take(text: string): void {
    const message = readMessage(text);
    if (!message) return;
    this.lastSeq = message.seq;
    for (const listener of [...this.listeners]) listener(message);
  }

  private again(): void {
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.open(), wait);
  }

  private leave(): void {
    this.leaving = setTimeout(() => {
      this.leaving = null;
      this.stop();
    }, LINGER_MS);
  }

  private stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.close?.();
    this.close = null;
    this.timer = null;
  }
}

const connections = new Map<string, LiveConnection>();

/** Calls `listener` for each message of a tenant's stream, until the answer is called. */
export function listenLive(stream: LiveStream, tenant: string, listener: Listener): () => void {
  const key = `${stream} ${tenant}`;
  let connection = connections.get(key);
  if (!connection) {
    connection = new LiveConnection(stream, tenant);
    connections.set(key, connection);
  }
  return connection.listen(listener);
}

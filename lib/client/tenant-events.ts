/** A message of `/api/v1/events/stream`. */
export type TenantEvent = {
  /** Topic, as in `subscription.changed`. */
  type: string;
  data: Record<string, unknown>;
  at: string;
  seq: number;
};

type Listener = (event: TenantEvent) => void;

/** Waits between attempts, in ms; the last one repeats. */
const WAITS = [500, 1_000, 2_000, 5_000, 10_000];
/** Sockets that never opened, before server-sent events are tried instead. */
const SOCKET_TRIES = 2;

function readEvent(text: string): TenantEvent | null {
  try {
    const event = JSON.parse(text) as Partial<TenantEvent>;
    return typeof event.type === 'string' && typeof event.seq === 'number'
      ? (event as TenantEvent)
      : null;
  } catch {
    return null;
  }
}

/**
 * One connection a tenant and browser tab, shared by all who listen. It comes back by itself where
 * it broke off, so nothing is missed; where WebSockets don't get through it falls back to
 * server-sent events.
 */
class EventConnection {
  private readonly listeners = new Set<Listener>();
  private readonly tenant: string;
  private close: (() => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private failures = 0;
  private neverOpened = 0;
  private lastSeq: number | null = null;

  constructor(tenant: string) {
    this.tenant = tenant;
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.open();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  private address(): string {
    const query = new URLSearchParams({ tenant: this.tenant });
    if (this.lastSeq !== null) query.set('since_seq', String(this.lastSeq));
    return `${window.location.host}/api/v1/events/stream?${query}`;
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
    socket.onclose = () => {
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
    source.onerror = () => {
      source.close();
      this.again();
    };
    this.close = () => source.close();
  }

  private take(text: string): void {
    const event = readEvent(text);
    if (!event) return;
    this.lastSeq = event.seq;
    for (const listener of [...this.listeners]) listener(event);
  }

  private again(): void {
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.open(), wait);
  }

  private stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.close?.();
    this.close = null;
    this.timer = null;
  }
}

const connections = new Map<string, EventConnection>();

/** Calls `listener` for everything that changes in the organisation, until the answer is called. */
export function listenToTenant(tenant: string, listener: Listener): () => void {
  let connection = connections.get(tenant);
  if (!connection) {
    connection = new EventConnection(tenant);
    connections.set(tenant, connection);
  }
  return connection.listen(listener);
}

import type pg from 'pg';
import { listenClient } from '../db';
import { log } from '../log';
import { once } from '../registry';

/** The channel on which the relay tells every process of numbered messages. */
export const CHANNEL = 'nz_stream';

/** The channel on which the database tells of rights that were taken or changed. */
const ACCESS_CHANNEL = 'nz_access';

export type StreamName = 'usage' | 'events';

/** A message of a tenant's stream. Without `data` it was too large to send along: read it by its number. */
export type Signal = { stream: StreamName; tenantId: string; seq: number; data?: unknown };

/** Told of each message; of null when some may have been missed, because the connection was lost. */
export type Listener = (signal: Signal | null) => void;

/** Whose rights changed; null is "whichever". */
export type AccessChange = { tenant: string | null; person: string | null; key: string | null };

/** Told of each change; of null when some may have been missed. */
export type AccessListener = (change: AccessChange | null) => void;

const RETRY_MS = 500;

export type Hub = {
  subscribe(tenantId: string, stream: StreamName, listener: Listener): () => void;
  onAccess(listener: AccessListener): () => void;
  close(): Promise<void>;
};

/** One connection that listens for the whole process; opened by the first subscriber. */
export const hub = () => once('realtime.hub', makeHub);

function makeHub(): Hub {
  const listeners = makeListeners();
  let client: pg.Client | null = null;
  let opening = false;
  let closed = false;

  async function open(): Promise<void> {
    if (opening || client || closed) return;
    opening = true;
    const next = listenClient();
    next.on('error', () => lost(next));
    next.on('end', () => lost(next));
    next.on('notification', (message) => listeners.deliver(message));
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}; LISTEN ${ACCESS_CHANNEL}`);
      client = next;
      // Between losing the connection and listening again messages may have passed by.
      listeners.missed();
    } catch (error) {
      log().warn({ err: error }, 'realtime: cannot listen, trying again');
      next.removeAllListeners('end');
      void next.end().catch(() => undefined);
      retry();
    } finally {
      opening = false;
    }
  }

  function lost(which: pg.Client): void {
    if (which !== client) return;
    client = null;
    retry();
  }

  function retry(): void {
    if (!closed) setTimeout(() => void open(), RETRY_MS).unref();
  }

  return {
    subscribe(tenantId, stream, listener) {
      void open();
      return listeners.subscribe(`${stream} ${tenantId}`, listener);
    },
    onAccess(listener) {
      void open();
      return listeners.onAccess(listener);
    },
    async close() {
      closed = true;
      await client?.end();
      client = null;
    },
  };
}

/** Who is told of what, whatever the connection does. */
function makeListeners() {
  const ofStreams = new Map<string, Set<Listener>>();
  const ofAccess = new Set<AccessListener>();
  return {
    subscribe(key: string, listener: Listener): () => void {
      const set = ofStreams.get(key) ?? new Set();
      ofStreams.set(key, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && ofStreams.get(key) === set) ofStreams.delete(key);
      };
    },
    onAccess(listener: AccessListener): () => void {
      ofAccess.add(listener);
      return () => void ofAccess.delete(listener);
    },
    deliver({ channel, payload }: pg.Notification): void {
      if (!payload) return;
      if (channel === ACCESS_CHANNEL) {
        const change = JSON.parse(payload) as AccessChange;
        for (const listener of ofAccess) listener(change);
        return;
      }
      const signal = JSON.parse(payload) as Signal;
      const set = ofStreams.get(`${signal.stream} ${signal.tenantId}`);
      if (set) for (const listener of set) listener(signal);
    },
    missed(): void {
      for (const set of ofStreams.values()) for (const listener of set) listener(null);
      for (const listener of ofAccess) listener(null);
    },
  };
}

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
  const listeners = new Map<string, Set<Listener>>();
  const accessListeners = new Set<AccessListener>();
  let client: pg.Client | null = null;
  let opening = false;
  let closed = false;

  async function open(): Promise<void> {
    if (opening || client || closed) return;
    opening = true;
    const next = listenClient();
    next.on('error', () => lost(next));
    next.on('end', () => lost(next));
    next.on('notification', ({ channel, payload }) => {
      if (!payload) return;
      if (channel === CHANNEL) deliver(listeners, JSON.parse(payload) as Signal);
      else for (const listener of accessListeners) listener(JSON.parse(payload) as AccessChange);
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}; LISTEN ${ACCESS_CHANNEL}`);
      client = next;
      // Between losing the connection and listening again messages may have passed by.
      for (const set of listeners.values()) for (const listener of set) listener(null);
      for (const listener of accessListeners) listener(null);
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
      const key = `${stream} ${tenantId}`;
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set.add(listener));
      void open();
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
      };
    },
    onAccess(listener) {
      accessListeners.add(listener);
      void open();
      return () => void accessListeners.delete(listener);
    },
    async close() {
      closed = true;
      await client?.end();
      client = null;
    },
  };
}

function deliver(listeners: Map<string, Set<Listener>>, signal: Signal): void {
  const set = listeners.get(`${signal.stream} ${signal.tenantId}`);
  if (set) for (const listener of set) listener(signal);
}

import type pg from 'pg';
import { listenClient } from '../db';
import { log } from '../log';
import { once } from '../registry';

/** The channel on which the relay tells every process of numbered messages. */
export const CHANNEL = 'nz_stream';

export type StreamName = 'usage' | 'events';

/** A message of a tenant's stream. Without `data` it was too large to send along: read it by its number. */
export type Signal = { stream: StreamName; tenantId: string; seq: number; data?: unknown };

/** Told of each message; of null when some may have been missed, because the connection was lost. */
export type Listener = (signal: Signal | null) => void;

const RETRY_MS = 500;

export type Hub = {
  subscribe(tenantId: string, stream: StreamName, listener: Listener): () => void;
  close(): Promise<void>;
};

/** One connection that listens for the whole process; opened by the first subscriber. */
export const hub = () => once('realtime.hub', makeHub);

function makeHub(): Hub {
  const listeners = new Map<string, Set<Listener>>();
  let client: pg.Client | null = null;
  let opening = false;
  let closed = false;

  async function open(): Promise<void> {
    if (opening || client || closed) return;
    opening = true;
    const next = listenClient();
    next.on('error', () => lost(next));
    next.on('end', () => lost(next));
    next.on('notification', ({ payload }) => deliver(listeners, payload));
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
      client = next;
      // Between losing the connection and listening again messages may have passed by.
      for (const set of listeners.values()) for (const listener of set) listener(null);
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
    async close() {
      closed = true;
      await client?.end();
      client = null;
    },
  };
}

function deliver(listeners: Map<string, Set<Listener>>, payload: string | undefined): void {
  if (!payload) return;
  const signal = JSON.parse(payload) as Signal;
  const set = listeners.get(`${signal.stream} ${signal.tenantId}`);
  if (set) for (const listener of set) listener(signal);
}

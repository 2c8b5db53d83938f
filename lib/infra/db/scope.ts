import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { isUuid } from '@/lib/kernel/ids';
import { once } from '../registry';

/** Whose rows a transaction may see. */
export type Scope = { tenantId: string | null; userId: string | null };

/** The connection of a transaction, as long as it is the transaction's own. */
export type Connection = { client: pg.PoolClient; ended: boolean };

/** The one transaction of a scope, whether it holds its connection, and which. */
type Place = Scope & { holds: boolean; connection: Connection | null };

// Shared by both bundles of a process, as the pools are: a pool of one must see the scope set by the other.
const storage = () => once('db.scope', () => new AsyncLocalStorage<Place>());

/**
 * A transaction that waits for a second connection holds one meanwhile: as many callers as the pool has
 * connections, and all of them wait for each other. So it fails at the first caller, not at the tenth.
 */
class SecondConnectionError extends Error {
  override name = 'SecondConnectionError';
  override message = 'A transaction asked for a second connection: do that before it or after it.';
}

/**
 * Runs `work` so that the transaction it begins is bound to `scope`.
 * @throws SecondConnectionError when that happens within another transaction
 */
export async function inScope<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
  if (storage().getStore()?.holds) throw new SecondConnectionError();
  const place: Place = { ...scope, holds: false, connection: null };
  try {
    return await storage().run(place, work);
  } finally {
    place.holds = false;
  }
}

/** The connection on which the transaction of this scope began. */
export function scopedConnection(): Connection | null {
  return storage().getStore()?.connection ?? null;
}

/** `BEGIN` and the tenant in one round trip; the settings end with the transaction. */
export function beginStatement(scope: Scope): string {
  const setting = (name: string, value: string | null) => {
    if (value !== null && !isUuid(value)) throw new TypeError(`${name} must be a UUID`);
    return `set_config('${name}', '${value ?? ''}', true)`;
  };
  return `BEGIN; SELECT ${setting('app.tenant_id', scope.tenantId)}, ${setting('app.user_id', scope.userId)}`;
}

type QueryArguments = [unknown, ...unknown[]];

/** Replaces the text of the next statement, when it is the `BEGIN` of a transaction. */
function armBegin(client: pg.PoolClient, scope: Scope): void {
  const target = client as unknown as { query: (...args: QueryArguments) => unknown };
  const original = target.query;
  target.query = (first, ...rest) => {
    target.query = original;
    const config = first as { text?: string };
    const begin = typeof first === 'object' && config.text === 'BEGIN';
    return original.call(
      client,
      begin ? { ...config, text: beginStatement(scope) } : first,
      ...rest,
    );
  };
}

/** Notes when the connection goes back to the pool, where it may become another tenant's. */
function watchRelease(client: pg.PoolClient): Connection {
  const connection: Connection = { client, ended: false };
  const release = client.release.bind(client);
  client.release = (...args) => {
    connection.ended = true;
    release(...args);
  };
  return connection;
}

/**
 * A pool whose connections begin transactions in the current scope. Without a scope a transaction
 * begins plainly, and row-level security shows it no tenant's rows.
 */
export class ScopedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: PoolCallback): void;
  override connect(callback?: PoolCallback): Promise<pg.PoolClient> | undefined {
    const place = storage().getStore();
    const second = place?.holds ? new SecondConnectionError() : undefined;
    if (callback) {
      if (second) callback(second, undefined, () => undefined);
      else super.connect(callback);
      return undefined;
    }
    if (second) return Promise.reject(second);
    if (place) place.holds = true;
    return super.connect().then((client) => {
      if (place) {
        armBegin(client, place);
        place.connection = watchRelease(client);
      }
      return client;
    });
  }
}

type PoolCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

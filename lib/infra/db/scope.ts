import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { isUuid } from '@/lib/kernel/ids';
import { once } from '../registry';

/** Whose rows a transaction may see. */
export type Scope = { tenantId: string | null; userId: string | null };

// Shared by both bundles of a process, as the pools are: a pool of one must see the scope set by the other.
const storage = () => once('db.scope', () => new AsyncLocalStorage<Scope>());

/** Runs `work` so that every transaction it begins is bound to `scope`. */
export function inScope<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
  return storage().run(scope, work);
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

/**
 * A pool whose connections begin transactions in the current scope. Without a scope a transaction
 * begins plainly, and row-level security shows it no tenant's rows.
 */
export class ScopedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: PoolCallback): void;
  override connect(callback?: PoolCallback): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect(callback);
      return undefined;
    }
    const scope = storage().getStore();
    return super.connect().then((client) => {
      if (scope) armBegin(client, scope);
      return client;
    });
  }
}

type PoolCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

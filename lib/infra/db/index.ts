import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { Ctx } from '@/lib/kernel/ctx';
import { actingUserId } from '@/lib/kernel/ctx';
import { env } from '../env';
import { log } from '../log';
import { once } from '../registry';
import { Prisma, PrismaClient } from './generated/client';
import {
  beginStatement,
  type Connection,
  inScope,
  type Scope,
  ScopedPool,
  scopedConnection,
} from './scope';
import { asStep } from './steps';

export { Prisma };
export { inSteps, outsideSteps, type Step, type StepQuery, type Steps } from './steps';
/** A transaction's client: models and `$queryRaw`, bound to one tenant. */
export type Tx = Prisma.TransactionClient;

const TRANSACTION = { maxWait: 10_000, timeout: 30_000 };

/** `timeoutMs`: for the few use cases that move much data; everything else ends within 30 seconds. */
export type TransactionOptions = { timeoutMs?: number };

type Database = { pool: pg.Pool; prisma: PrismaClient };

function connect(name: 'app' | 'system', connectionString: string, max: number): Database {
  const pool = new ScopedPool({
    connectionString,
    max,
    application_name: `neozork-${name}`,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', (error) => log().warn({ err: error, pool: name }, 'idle database connection'));
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

const app = () =>
  once('db.app', () => connect('app', env().database.appUrl, env().database.poolSize));

const system = () => once('db.system', () => connect('system', env().database.systemUrl, 5));

function scoped<T>(
  database: Database,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
  { timeoutMs = TRANSACTION.timeout }: TransactionOptions = {},
): Promise<T> {
  const options = { ...TRANSACTION, timeout: timeoutMs };
  return asStep(work, (seal) =>
    inScope(scope, () =>
      database.prisma.$transaction(async (tx) => {
        const connection = scopedConnection();
        if (connection) connections().set(tx, connection);
        const result = await work(tx);
        await seal(result, async (text, values) => {
          const [row] = await tx.$queryRawUnsafe<unknown[]>(text, ...values);
          return row;
        });
        return result;
      }, options),
    ),
  );
}

const connections = () => once('db.connections', () => new WeakMap<Tx, Connection>());

/**
 * A statement on the transaction's own connection, past Prisma, which carries bytes as base64 in JSON: for columns of
 * bytes. Throws when the transaction is over.
 */
export async function txSql<R extends pg.QueryResultRow>(
  tx: Tx,
  query: pg.QueryConfig,
): Promise<pg.QueryResult<R>> {
  const connection = connections().get(tx);
  if (!connection || connection.ended) throw new Error('The transaction is over.');
  return connection.client.query<R>(query);
}

/** One transaction, one use case, one tenant. Everything `work` does through `tx` is bound to `ctx.tenantId`. */
export function withTenant<T>(
  ctx: Ctx,
  work: (tx: Tx) => Promise<T>,
  options?: TransactionOptions,
): Promise<T> {
  return scoped(app(), { tenantId: ctx.tenantId, userId: actingUserId(ctx) }, work, options);
}

/** A transaction on behalf of one person, for what belongs to people and not to tenants. */
export function withUser<T>(userId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return scoped(app(), { tenantId: null, userId }, work);
}

/** A transaction before anyone is known: only the narrow functions of the database can be reached. */
export function withNobody<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return scoped(app(), { tenantId: null, userId: null }, work);
}

/**
 * A transaction across tenants, for named jobs only. `reason` says which; it stands in the
 * connection's application_name while the transaction runs and in the log.
 */
export function withSystem<T>(reason: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  log().debug({ reason }, 'cross-tenant transaction');
  return scoped(system(), { tenantId: null, userId: null }, work);
}

/**
 * Binds what `work` does through `tx` to another tenant, and then `tx` to its own again: for what a
 * person's one change writes in several of their tenants.
 */
export async function inOtherTenant(
  tx: Tx,
  tenantId: string,
  work: () => Promise<void>,
): Promise<void> {
  const bind = (id: string) => tx.$executeRaw`SELECT set_config('app.tenant_id', ${id}, true)`;
  const [own] = await tx.$queryRaw<{ id: string | null }[]>`
    SELECT current_setting('app.tenant_id', true) AS id`;
  await bind(tenantId);
  await work();
  await bind(own?.id ?? '');
}

/**
 * Waits for, and holds until the transaction ends, what `what` names of one tenant (`billing`,
 * `limit:members`): for rules that a row's own lock can't keep, because they count or compare rows.
 */
export async function lockFor(tx: Tx, tenantId: string, what: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${what}:${tenantId}`}, 0))`;
}

/** Plain SQL in a tenant's transaction, for streams of rows that Prisma would slow down. */
export function withTenantSql<T>(
  ctx: Pick<Ctx, 'tenantId'> & { userId?: string | null },
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const scope = { tenantId: ctx.tenantId, userId: ctx.userId ?? null };
  return asStep(work, (seal) =>
    plainTransaction(scope, async (client) => {
      const result = await work(client);
      await seal(result, async (text, values) => (await client.query(text, values)).rows[0]);
      return result;
    }),
  );
}

async function plainTransaction<T>(
  scope: Scope,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await app().pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(beginStatement(scope));
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * One statement outside a tenant, on the hot path: definer functions and public catalogues only. It
 * is no step of a use case that must happen once, so what it changes must bear repeating.
 */
export function appSql<R extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: unknown[],
): Promise<pg.QueryResult<R>> {
  return app().pool.query<R>({ name, text, values });
}

/** A connection of its own for LISTEN. The caller ends it. */
export function listenClient(): pg.Client {
  return new pg.Client({
    connectionString: env().database.systemUrl,
    application_name: 'neozork-listen',
    keepAlive: true,
  });
}

/** Ends both pools, after the last transaction. */
export async function closeDatabase(): Promise<void> {
  for (const database of [app(), system()]) {
    await database.prisma.$disconnect();
    await database.pool.end();
  }
}

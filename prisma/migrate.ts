import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { ensureRoles, ownerUrl } from './roles';
import { applyMigrations } from './schema-engine';
import { SetupError } from './setup-error';

/** Any constant will do, as long as every starter takes the same lock. */
const SETUP_LOCK = 7_204_118_332;

export interface MigrateOptions {
  /** The project's root folder, which holds `prisma/`. */
  root: string;
  /** PostgreSQL URL of the administrator. */
  adminUrl: string;
  authSecret: string;
}

/**
 * Makes the database ready: roles, the job queue's own schema, then the migrations, as nz_owner.
 * Starters that run at the same time wait for each other; `afterwards` (the seed) runs inside that lock.
 * @returns the names of the migrations applied now
 * @throws SetupError with a sentence for the terminal
 */
export async function migrate(
  options: MigrateOptions,
  afterwards?: () => Promise<void>,
): Promise<string[]> {
  const admin = await connect(options.adminUrl);
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [SETUP_LOCK]);
    await ensureRoles(admin, options.authSecret);
    await migrateQueue(admin, options.adminUrl);
    const applied = await applyPending(admin, options);
    await afterwards?.();
    return applied;
  } finally {
    await admin.end();
  }
}

async function connect(adminUrl: string): Promise<pg.Client> {
  const admin = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  // The pending query rejects as well; without a listener the lost connection would end the process.
  admin.on('error', () => undefined);
  try {
    await admin.connect();
    return admin;
  } catch (error) {
    const { host, pathname } = new URL(adminUrl);
    const { message, code } = error as { message?: string; code?: string };
    const reason = (message || code || String(error)).replace(/\.$/, '');
    throw new SetupError(`DATABASE_URL (${host}${pathname}) cannot be reached: ${reason}.`);
  }
}

/** graphile-worker brings its own tables; the worker and the definer functions use them, requests never do. */
async function migrateQueue(admin: pg.Client, adminUrl: string): Promise<void> {
  const logger = new Logger(() => () => undefined);
  const quiet = { logger, noHandleSignals: true, maxPoolSize: 1, concurrency: 1 };
  await runMigrations({ connectionString: adminUrl, schema: 'graphile_worker', ...quiet });
  await admin.query(`
    GRANT USAGE ON SCHEMA graphile_worker TO nz_owner, nz_definer, nz_system;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO nz_definer, nz_system;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO nz_definer, nz_system;`);
}

async function applyPending(admin: pg.Client, options: MigrateOptions): Promise<string[]> {
  const history = await compareHistory(admin, options.root);
  if (history.unknown !== undefined)
    throw new SetupError(
      `The database already has the migration ${history.unknown}, which this version does not know: start a newer version.`,
    );
  if (history.edited !== undefined)
    throw new SetupError(
      `The migration ${history.edited} was changed after it was applied: write a new migration instead.`,
    );
  if (history.pending.length === 0) return [];
  // A migration is one transaction, so a failed one left nothing behind and may be tried again.
  if (history.failed.length > 0)
    await admin.query(
      'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = ANY($1) AND finished_at IS NULL AND rolled_back_at IS NULL',
      [history.failed],
    );
  try {
    return await applyMigrations(options.root, ownerUrl(options.adminUrl));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(`The migrations could not be applied. ${reason.trim()}`);
  }
}

interface History {
  pending: string[];
  failed: string[];
  edited: string | undefined;
  unknown: string | undefined;
}

/** Compares folders with the database by name and checksum: a warm start then needs no engine at all. */
async function compareHistory(admin: pg.Client, root: string): Promise<History> {
  const known = await readChecksums(path.join(root, 'prisma', 'migrations'));
  const table = await admin.query("SELECT to_regclass('public._prisma_migrations') AS found");
  const rows =
    table.rows[0]?.found === null
      ? []
      : (
          await admin.query<{ name: string; checksum: string; done: boolean }>(
            `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS done
               FROM public._prisma_migrations WHERE rolled_back_at IS NULL`,
          )
        ).rows;
  const done = new Map(rows.filter((row) => row.done).map((row) => [row.name, row.checksum]));
  return {
    pending: [...known.keys()].filter((name) => !done.has(name)),
    failed: rows.filter((row) => !row.done).map((row) => row.name),
    edited: [...done].find(([name, sum]) => known.has(name) && known.get(name) !== sum)?.[0],
    unknown: [...done.keys()].find((name) => !known.has(name)),
  };
}

async function readChecksums(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const sums = await Promise.all(
    names.sort().map(async (name): Promise<[string, string]> => {
      const sql = await readFile(path.join(folder, name, 'migration.sql'));
      return [name, createHash('sha256').update(sql).digest('hex')];
    }),
  );
  return new Map(sums);
}

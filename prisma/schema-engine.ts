import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { once } from '@/lib/infra/registry';

const NO_FILTER = { externalTables: [], externalEnums: [] } satisfies glue.SchemaFilter;

// The engine reports a panic here before it throws.
Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } });

/**
 * The engine is a WebAssembly module whose own entry only works in bundlers, so it is linked by hand, and once a
 * process, however many bundles of this file it has: they share the module's glue and its memory.
 */
function loadEngine(): Promise<void> {
  return once('schema-engine', async () => {
    const script = createRequire(import.meta.url).resolve(
      '@prisma/schema-engine-wasm/schema_engine_bg',
    );
    const bytes = await readFile(script.replace(/\.js$/, '.wasm'));
    const { instance } = await WebAssembly.instantiate(bytes, {
      './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
    });
    glue.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
  });
}

/**
 * The stock adapter cuts a script at every semicolon, which breaks function bodies, and runs each piece on whatever
 * connection is free. Sent whole in one simple query, PostgreSQL parses it and the migration is one transaction.
 */
function sendScriptsWhole<Adapter extends SqlDriverAdapter>(adapter: Adapter): Adapter {
  adapter.executeScript = async (script: string) => {
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
  };
  return adapter;
}

class MigrationAdapter extends PrismaPg {
  readonly #opened: SqlDriverAdapter[] = [];

  override async connect() {
    const adapter = sendScriptsWhole(await super.connect());
    this.#opened.push(adapter);
    return adapter;
  }

  /** The engine never lets go of its connections, and with them of its lock. */
  async close() {
    await Promise.all(this.#opened.map((adapter) => adapter.dispose()));
  }
}

/** Reads `prisma/schema/*.prisma` below the project's root. */
export async function readSchema(root: string): Promise<[string, string][]> {
  const folder = path.join(root, 'prisma', 'schema');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      const file = path.join(folder, name);
      return [file, await readFile(file, 'utf8')];
    }),
  );
}

/** Every migration with its SQL, in the order of names, as the engine wants them. */
async function readMigrations(root: string): Promise<glue.MigrationList> {
  const baseDir = path.join(root, 'prisma', 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    folders.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  );
  const lockfile = await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}

async function connectEngine(connectionString: string, datamodels: [string, string][]) {
  await loadEngine();
  const adapter = new MigrationAdapter({ connectionString, max: 2 });
  const ignoreEngineLog = () => undefined;
  const engine = await glue.SchemaEngine.new(
    { datamodels },
    ignoreEngineLog,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  const close = async () => {
    engine.free();
    await adapter.close();
  };
  return { engine, close };
}

/**
 * Applies the migrations that the database lacks, each in one transaction.
 * @param root the project's root folder
 * @param connectionString PostgreSQL URL of a role that may create objects in `public`
 * @returns the names of the migrations applied
 */
export async function applyMigrations(root: string, connectionString: string): Promise<string[]> {
  const [datamodels, migrationsList] = await Promise.all([readSchema(root), readMigrations(root)]);
  const { engine, close } = await connectEngine(connectionString, datamodels);
  try {
    const applied = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
    return applied.appliedMigrationNames;
  } finally {
    await close();
  }
}

/**
 * SQL that takes one state of the schema files to another, or null when they mean the same.
 * @param connectionString any reachable server: the engine insists on one, though it compares files only
 * @param before pairs of file name and content; none for an empty database
 */
export async function diffSchemas(
  connectionString: string,
  before: [string, string][],
  after: [string, string][],
): Promise<string | null> {
  const { engine, close } = await connectEngine(connectionString, after);
  const asTarget = (files: [string, string][]): glue.DiffTarget =>
    files.length === 0
      ? { tag: 'empty' }
      : {
          tag: 'schemaDatamodel',
          files: files.map(([file, content]) => ({ path: file, content })),
        };
  try {
    const difference = await engine.diff({
      from: asTarget(before),
      to: asTarget(after),
      script: true,
      exitCode: true,
      filters: NO_FILTER,
    });
    return difference.exitCode === 0 ? null : difference.stdout;
  } finally {
    await close();
  }
}

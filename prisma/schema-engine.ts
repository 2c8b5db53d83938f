import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';

/** Migrations as the schema engine wants them: every folder with its SQL, in the order of names. */
export type MigrationList = glue.MigrationList;

const NO_FILTER = { externalTables: [], externalEnums: [] } satisfies glue.SchemaFilter;

let loaded: Promise<void> | undefined;

/** The engine is a WebAssembly module whose own entry only works in bundlers, so it is linked by hand, once a process. */
function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const script = createRequire(import.meta.url).resolve(
      '@prisma/schema-engine-wasm/schema_engine_bg',
    );
    const bytes = await readFile(script.replace(/\.js$/, '.wasm'));
    const { instance } = await WebAssembly.instantiate(bytes, {
      './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
    });
    glue.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
  })();
  return loaded;
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

  override async connectToShadowDb() {
    return sendScriptsWhole(await super.connectToShadowDb());
  }

  /** The engine never lets go of its connections, and with them of its lock. */
  async close() {
    await Promise.all(this.#opened.map((adapter) => adapter.dispose()));
  }
}

export interface SchemaEngine {
  /** Applies what the database lacks and returns the names of the migrations applied. */
  apply(): Promise<string[]>;
  /** SQL that takes the history to the schema files, or null when nothing is missing. Needs the right to create databases. */
  draft(name: string): Promise<{ folder: string; sql: string } | null>;
  close(): Promise<void>;
}

/** Reads `prisma/schema/*.prisma` below the project's root. */
async function readSchema(root: string): Promise<[string, string][]> {
  const folder = path.join(root, 'prisma', 'schema');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      const file = path.join(folder, name);
      return [file, await readFile(file, 'utf8')];
    }),
  );
}

async function readMigrations(root: string): Promise<MigrationList> {
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

/**
 * Opens the schema engine on one database.
 * @param root the project's root folder
 * @param connectionString PostgreSQL URL of a role that may create objects in `public`
 */
export async function openSchemaEngine(
  root: string,
  connectionString: string,
): Promise<SchemaEngine> {
  await loadEngine();
  const [datamodels, migrationsList] = await Promise.all([readSchema(root), readMigrations(root)]);
  const ignoreEngineLog = () => undefined;
  const adapter = new MigrationAdapter({ connectionString, max: 2 });
  const engine = await glue.SchemaEngine.new(
    { datamodels },
    ignoreEngineLog,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  return {
    async apply() {
      const applied = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
      return applied.appliedMigrationNames;
    },
    async draft(name) {
      const files = datamodels.map(([file, content]) => ({ path: file, content }));
      const created = await engine.createMigration({
        draft: false,
        migrationName: name,
        migrationsList,
        schema: { files },
        filters: NO_FILTER,
      });
      if (created.migrationScript === null) return null;
      return { folder: created.generatedMigrationName, sql: created.migrationScript };
    },
    close: async () => {
      engine.free();
      await adapter.close();
    },
  };
}

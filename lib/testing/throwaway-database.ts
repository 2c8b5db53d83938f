import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { migrate } from '@/prisma/migrate';
import { seed } from '@/prisma/seed';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../runtime/embedded-postgres';
import { projectRoot, TEST_AUTH_SECRET, temporaryPrefix, testEnvironment } from './test-settings';

export interface ThrowawayDatabase {
  /** Superuser's URL; another one after `crash`. */
  readonly url: string;
  /** Kills the server with SIGKILL and starts it again on what is on the disk. */
  crash(): Promise<void>;
  /** Ends the server and removes its folder. */
  remove(): Promise<void>;
}

export interface ThrowawayOptions {
  /** Write to the disk as in production: for whoever measures commits or kills the server. */
  durable?: boolean;
}

/** A PostgreSQL of its own, migrated and seeded, in a folder that the next test run sweeps away should nobody remove it. */
export async function startThrowawayDatabase({
  durable = false,
}: ThrowawayOptions = {}): Promise<ThrowawayDatabase> {
  const dataDir = mkdtempSync(temporaryPrefix());
  // PostgreSQL may run as another account, which has to get in.
  chmodSync(dataDir, 0o755);
  const start = () => startEmbeddedPostgres({ dataDir, password: 'test', durable });
  let server: EmbeddedPostgres | null = null;
  const remove = async () => {
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    server = await start();
    const { url } = server;
    await migrate({ root: projectRoot, adminUrl: url, authSecret: TEST_AUTH_SECRET }, () =>
      seed(url),
    );
  } catch (error) {
    await remove();
    throw error;
  }
  let running: EmbeddedPostgres = server;
  return {
    get url() {
      return running.url;
    },
    async crash() {
      process.kill(running.pid, 'SIGKILL');
      await running.ended;
      running = await start();
      server = running;
    },
    remove,
  };
}

/** Runs `work` on a throwaway database whose settings are this process's own; import what reads settings inside. */
export async function onThrowawayDatabase<T>(
  options: ThrowawayOptions,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const database = await startThrowawayDatabase(options);
  try {
    const { url } = database;
    Object.assign(process.env, testEnvironment(url, new URL(url).pathname.slice(1)));
    return await work(url);
  } finally {
    await database.remove();
  }
}

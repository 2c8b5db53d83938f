import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SetupError } from '@/prisma/setup-error';
import { freePort } from './free-port';
import {
  cleanEnv,
  type EmbeddedPostgresOptions,
  initialise,
  logFile,
  recall,
  remember,
} from './postgres-cluster';
import { readPidFile, stopOrphan } from './postgres-orphan';
import {
  type Account,
  type Binaries,
  findAccount,
  findBinaries,
  reachableBinaries,
} from './postgres-place';

const MAJOR = '18';
const DATABASE = 'neozork';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
/** Sessions of a server that was killed outlive it for a moment, and hold its memory: the last line of such a refusal. */
const LEFT_BEHIND = /old server processes|shared memory block/;

export interface EmbeddedPostgres {
  /** Superuser's URL of the product's database. */
  url: string;
  pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  /** Fast shutdown: sessions are cut, everything committed is on the disk. Resolves when the process is gone. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL for one machine: makes the cluster the first time, stops one that a killed
 * supervisor left running, and listens on the loopback only.
 * @throws SetupError with a sentence for the terminal
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const account = findAccount();
  const memory = recall(options, account);
  const home = memory.outside ?? path.resolve(options.dataDir, 'postgres');
  const binaries = reachableBinaries(account, await findBinaries(), home);
  const pgdata = path.join(home, 'data');
  await stopOrphan(pgdata);
  if (!existsSync(pgdata)) await initialise(binaries, account, home, options);
  const version = readFileSync(path.join(pgdata, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR)
    throw new SetupError(
      `The data folder holds PostgreSQL ${version} data, and this version needs ${MAJOR}: set another DATA_DIR.`,
    );
  const port = await freePort(memory.port);
  if (port !== memory.port) remember(options.dataDir, { ...memory, port });
  const url = `postgresql://postgres:${options.password}@127.0.0.1:${port}/${DATABASE}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      return await begin(launch(binaries, account, pgdata, port, options), url, pgdata, options);
    } catch (error) {
      const waits = error instanceof SetupError && LEFT_BEHIND.test(error.message);
      if (!waits || Date.now() > deadline) throw error;
      await sleep(200);
    }
  }
}

async function begin(
  child: ChildProcess,
  url: string,
  pgdata: string,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const server = running(child, url);
  try {
    await untilReady(child, pgdata, logFile(options.dataDir));
    await ensureDatabase(url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

function launch(
  binaries: Binaries,
  account: Account,
  pgdata: string,
  port: number,
  options: EmbeddedPostgresOptions,
): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    max_connections: '120',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    ...(options.durable === false
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }
      : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile(options.dataDir), 'a');
  try {
    // Detached: Ctrl-C goes to the whole process group, and the last one to stop must not hear it first.
    return spawn(binaries.postgres, ['-D', pgdata, ...flags], {
      ...account,
      cwd: '/',
      env: cleanEnv(),
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

async function untilReady(child: ChildProcess, pgdata: string, log: string): Promise<void> {
  let failure: string | undefined;
  child.once('error', (error) => {
    failure = error.message;
  });
  child.once('exit', () => {
    failure ??= readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? 'it ended at once';
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (failure !== undefined)
      throw new SetupError(`The embedded PostgreSQL did not start: ${failure} (see ${log}).`);
    const file = readPidFile(pgdata);
    if (file?.ready && file.pid === child.pid) return;
    if (Date.now() > deadline)
      throw new SetupError(`The embedded PostgreSQL did not get ready (see ${log}).`);
    await sleep(20);
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const server = new URL(url);
  server.pathname = '/postgres';
  const admin = new pg.Client({ connectionString: server.href });
  try {
    await admin.connect();
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await admin.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error;
    throw new SetupError(
      'The password in secrets.json does not open the database in the data folder: put the old secrets.json back.',
    );
  } finally {
    await admin.end();
  }
}

function running(child: ChildProcess, url: string): EmbeddedPostgres {
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    async stop() {
      child.kill('SIGINT');
      const hard = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(hard);
    },
  };
}

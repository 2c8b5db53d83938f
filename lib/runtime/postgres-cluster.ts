import { execFile } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '@/prisma/setup-error';
import { type Account, type Binaries, chooseHome } from './postgres-place';

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, `postgres.json` (where it is, which port) and `logs/postgres.log`. */
  dataDir: string;
  /** The superuser's password, fixed when the cluster is made. */
  password: string;
  /** False only for tests: nothing is flushed to the disk. */
  durable?: boolean;
  /** Told once when the cluster has to live outside `dataDir`. */
  onNotice?: (sentence: string) => void;
}

/** What the data folder remembers of its cluster. */
export interface Memory {
  port: number;
  /** Only when the cluster could not be kept inside the data folder, which may be moved. */
  outside?: string;
}

export function logFile(dataDir: string): string {
  return path.join(dataDir, 'logs', 'postgres.log');
}

function memoryFile(dataDir: string): string {
  return path.join(dataDir, 'postgres.json');
}

export function remember(dataDir: string, memory: Memory): void {
  writeFileSync(memoryFile(dataDir), `${JSON.stringify(memory, null, 2)}\n`);
}

/** The cluster keeps its place and port; a new one gets a place that its account can reach. */
export function recall(options: EmbeddedPostgresOptions, account: Account): Memory {
  const dataDir = path.resolve(options.dataDir);
  mkdirSync(path.join(dataDir, 'logs'), { recursive: true });
  if (existsSync(memoryFile(dataDir))) {
    const memory = JSON.parse(readFileSync(memoryFile(dataDir), 'utf8')) as Memory;
    if (memory.outside === undefined || existsSync(memory.outside)) return memory;
    throw new SetupError(
      `The database's folder ${memory.outside} is gone; if its data is not needed any more, remove ${memoryFile(dataDir)}.`,
    );
  }
  const home = chooseHome(account, dataDir);
  const memory = home.startsWith(dataDir) ? { port: 0 } : { port: 0, outside: home };
  if (memory.outside !== undefined)
    options.onNotice?.(
      `PostgreSQL does not run as root, and another account cannot enter ${dataDir}, so the database is kept in ${home}.`,
    );
  remember(dataDir, memory);
  return memory;
}

/** Where the cluster of this data folder is, or undefined when it has none yet. */
export function findHome(dataDir: string): string | undefined {
  if (!existsSync(memoryFile(dataDir))) return undefined;
  const { outside } = JSON.parse(readFileSync(memoryFile(dataDir), 'utf8')) as Memory;
  return outside ?? path.resolve(dataDir, 'postgres');
}

/** Made in a folder of its own and renamed when complete, so that an interrupted start leaves no half cluster. */
export async function initialise(
  binaries: Binaries,
  account: Account,
  home: string,
  options: EmbeddedPostgresOptions,
): Promise<void> {
  const unfinished = path.join(home, 'unfinished');
  const passwordFile = path.join(home, 'password');
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined)
    chownSync(passwordFile, account.uid, account.gid);
  const flags = [
    `--pgdata=${unfinished}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own locale sorts and folds alike on every system, whatever its C library knows.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(options.durable === false ? ['--no-sync'] : []),
  ];
  try {
    await promisify(execFile)(binaries.initdb, flags, { ...account, cwd: '/', env: cleanEnv() });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1);
    throw new SetupError(`The database could not be created: ${said ?? String(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, path.join(home, 'data'));
}

/** Nothing of the developer's locale or PG* variables may reach the server. */
export function cleanEnv(): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' };
}

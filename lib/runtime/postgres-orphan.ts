import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '@/prisma/setup-error';
import { findHome } from './postgres-cluster';

const STOP_TIMEOUT_MS = 30_000;

export interface PidFile {
  pid: number;
  ready: boolean;
}

/** What PostgreSQL writes into its folder while it runs. */
export function readPidFile(pgdata: string): PidFile | undefined {
  try {
    const lines = readFileSync(path.join(pgdata, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/** Stops a server that runs in this data folder without anyone who minds it. */
export async function stopLeftBehind(dataDir: string): Promise<void> {
  const home = findHome(dataDir);
  if (home !== undefined) await stopOrphan(path.join(home, 'data'));
}

/** A server whose supervisor was killed is stopped in the orderly way; its data is complete. */
export async function stopOrphan(pgdata: string): Promise<void> {
  const left = readPidFile(pgdata);
  if (left === undefined || !isPostgres(left.pid, pgdata)) return;
  process.kill(left.pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isPostgres(left.pid, pgdata)) {
    if (Date.now() > deadline)
      throw new SetupError(
        `A PostgreSQL left from an earlier run (process ${left.pid}) does not stop.`,
      );
    await sleep(50);
  }
}

/** Process ids are given again, so a living process of that id must also be the server of this cluster. */
function isPostgres(pid: number, pgdata: string): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(pgdata);
  } catch {
    return false;
  }
}

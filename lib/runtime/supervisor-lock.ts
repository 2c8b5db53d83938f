import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '@/prisma/setup-error';
import { isStillAlive, markOf, type ProcessMark } from './process-identity';

/** Longer than any child needs to notice that its supervisor is gone and to drain. */
const CHILD_GRACE_MS = 8_000;

interface Holder {
  supervisor: ProcessMark;
  children: ProcessMark[];
}

/** One supervisor a data folder, and a note of its children for the one that comes after a SIGKILL. */
export interface SupervisorLock {
  note(childPids: number[]): void;
  release(): void;
}

/**
 * Takes the data folder. Processes left by a supervisor that was killed are ended first.
 * @throws SetupError when another supervisor is alive on the same folder
 */
export async function takeLock(dataDir: string): Promise<SupervisorLock> {
  const file = path.join(dataDir, 'supervisor.json');
  for (;;) {
    if (claim(file)) break;
    const holder = read(file);
    if (holder !== undefined && isStillAlive(holder.supervisor))
      throw new SetupError(
        `NeoZork already runs on the data folder ${dataDir} (process ${holder.supervisor.pid}): stop it first.`,
      );
    await endLeftovers(holder?.children ?? []);
    rmSync(file, { force: true });
  }
  return {
    note: (pids) => write(file, { supervisor: markOf(process.pid), children: pids.map(markOf) }),
    release: () => rmSync(file, { force: true }),
  };
}

function claim(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  write(file, { supervisor: markOf(process.pid), children: [] });
  return true;
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    // Cut off in the middle of writing: its writer is dead.
    return undefined;
  }
}

function write(file: string, holder: Holder): void {
  writeFileSync(file, `${JSON.stringify(holder)}\n`);
}

async function endLeftovers(children: ProcessMark[]): Promise<void> {
  const alive = () => children.filter(isStillAlive);
  for (const child of alive()) process.kill(child.pid, 'SIGTERM');
  const deadline = Date.now() + CHILD_GRACE_MS;
  while (alive().length > 0 && Date.now() < deadline) await sleep(50);
  for (const child of alive()) process.kill(child.pid, 'SIGKILL');
}

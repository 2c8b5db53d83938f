import { existsSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ProcessPlan } from './managed-process';

export type ProcessName = 'server' | 'worker' | 'sandbox';

interface Kind {
  title: string;
  source: string;
  readyWithinMs: number;
  stopWithinMs: number;
}

const KINDS: Record<ProcessName, Kind> = {
  server: {
    title: 'The web server',
    source: 'lib/runtime/server.ts',
    readyWithinMs: 180_000,
    stopWithinMs: 15_000,
  },
  worker: {
    title: 'The worker',
    source: 'lib/runtime/worker.ts',
    readyWithinMs: 60_000,
    stopWithinMs: 20_000,
  },
  sandbox: {
    title: 'The payment and mail sandbox',
    source: 'sandbox/main.ts',
    readyWithinMs: 30_000,
    stopWithinMs: 5_000,
  },
};

const LARGEST_LOG = 10 * 1024 * 1024;

/** How one process is run: the bundle, or in development the source through tsx. */
export function planProcess(
  name: ProcessName,
  place: { root: string; dataDir: string; dev: boolean },
  env: NodeJS.ProcessEnv,
): ProcessPlan {
  const kind = KINDS[name];
  const logFile = path.join(place.dataDir, 'logs', `${name}.log`);
  turnOver(logFile);
  const program = place.dev
    ? ['--import', 'tsx', path.join(place.root, kind.source)]
    : [path.join(place.root, 'dist', `${name}.mjs`)];
  return {
    title: kind.title,
    args: ['--enable-source-maps', ...program],
    cwd: place.root,
    env,
    logFile,
    readyWithinMs: kind.readyWithinMs,
    stopWithinMs: kind.stopWithinMs,
  };
}

/** One older file is kept, so that logs on a machine left alone stay small. */
function turnOver(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > LARGEST_LOG)
    renameSync(logFile, `${logFile}.1`);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { freePort } from '../runtime/free-port';
import { projectRoot, testEnvironment } from './test-settings';

/** A process of the product. */
export type ProductProcess = {
  pid: number;
  /** Asks it to end, as the supervisor does, and waits until it has; the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing is finished, nothing is written. */
  kill(): Promise<void>;
};

export type GatewayProcess = ProductProcess & { url: string; port: number };

const READY_WITHIN_MS = 120_000;

type Program = 'gateway' | 'worker';

/** A program's source, and those of its threads, which it looks for beside itself. */
const SOURCES: Record<Program, Record<string, string>> = {
  gateway: { gateway: 'lib/runtime/gateway.ts' },
  worker: {
    worker: 'lib/runtime/worker.ts',
    'backtest-thread': 'lib/domains/trading/backtests/thread.ts',
  },
};

const bundles = new Map<Program, Promise<string>>();

/** Few files of the program, so that a start compiles nothing; packages stay outside. */
function bundleOf(program: Program): Promise<string> {
  const known = bundles.get(program);
  if (known) return known;
  const outdir = path.join(projectRoot, `node_modules/.cache/neozork/${program}-${process.pid}`);
  const built = build({
    absWorkingDir: projectRoot,
    entryPoints: Object.entries(SOURCES[program]).map(([out, source]) => ({ in: source, out })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    alias: { '@': projectRoot },
    jsx: 'automatic',
    logLevel: 'error',
  }).then(() => path.join(outdir, `${program}.mjs`));
  bundles.set(program, built);
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  return built;
}

/** Starts `lib/runtime/<program>.ts`, bundled, on a database and resolves when it says that it is ready. */
export async function startProcess(
  program: Program,
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<ProductProcess> {
  const database = new URL(databaseUrl);
  const child = spawn(process.execPath, [await bundleOf(program)], {
    cwd: projectRoot,
    env: {
      ...process.env,
      ...testEnvironment(databaseUrl, database.pathname.slice(1)),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  await untilReady(child);
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      if (ended()) return child.exitCode;
      child.kill('SIGTERM');
      return gone;
    },
    kill: async () => {
      if (ended()) return;
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** The gateway without pages, on a free port or the one given. */
export async function startGateway(
  databaseUrl: string,
  options: { port?: number; env?: Record<string, string> } = {},
): Promise<GatewayProcess> {
  const port = options.port ?? (await freePort(0));
  const env = { SAAS_PORT: String(port), ...options.env };
  const running = await startProcess('gateway', databaseUrl, env);
  return { ...running, port, url: `http://127.0.0.1:${port}` };
}

function untilReady(child: ChildProcess): Promise<void> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-4_000);
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not ready in time\n${words}`)),
      READY_WITHIN_MS,
    );
    child.on('message', (message) => {
      if (message !== 'ready') return;
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code}\n${words}`));
    });
  });
}

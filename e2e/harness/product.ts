import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../lib/runtime/free-port';
import { stopLeftBehind } from '../../lib/runtime/postgres-orphan';
import { projectRoot, temporaryPrefix } from '../../lib/testing/test-settings';

/** Building is part of the first start. */
const START_WITHIN_MS = 300_000;
const STOP_WITHIN_MS = 45_000;

/** The product as a person runs it: `npm start` on free ports, with a data folder of its own. */
export interface Product {
  /** http://localhost:PORT */
  url: string;
  port: number;
  /** Payments, hosted checkout and the inbox. */
  sandboxUrl: string;
  dataDir: string;
  /** The supervisor's process. */
  pid: number;
  /** As Ctrl-C does; the data folder stays. */
  stop(): Promise<void>;
  /** Stops if need be and removes the data folder. */
  remove(): Promise<void>;
}

export interface ProductOptions {
  /** Settings besides ports and data folder. */
  env?: Record<string, string>;
  /** Start on the data of a product that was stopped. */
  dataDir?: string;
}

/** Starts the product and resolves when it has printed its address. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? makeDataDir();
  const [port, sandboxPort, smtpPort] = await Promise.all([freePort(0), freePort(0), freePort(0)]);
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [path.join(projectRoot, 'scripts/start.mjs')], {
    cwd: projectRoot,
    env: {
      ...withoutSettings(process.env),
      SAAS_PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_SMTP_PORT: String(smtpPort),
      DATA_DIR: dataDir,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await untilAddress(child, url, dataDir);
  const stop = () => stopChild(child, dataDir);
  return {
    url,
    port,
    sandboxUrl: `http://localhost:${sandboxPort}`,
    dataDir,
    pid: child.pid ?? 0,
    stop,
    remove: async () => {
      await stop();
      await stopLeftBehind(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function makeDataDir(): string {
  const dataDir = mkdtempSync(temporaryPrefix());
  // PostgreSQL may run as another account, which has to get in.
  chmodSync(dataDir, 0o755);
  return dataDir;
}

/** The settings of the test run itself (its mode, database and keys) are not the product's. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_ENV: _mode, ...rest } = env;
  const kept = Object.entries(rest).filter(
    ([name]) =>
      !/^(SAAS_|DATABASE_|STRIPE_|PAYPAL_|SANDBOX_|AUTH_|ENCRYPTION_|OPERATOR_|SMTP_|DATA_DIR)/.test(
        name,
      ),
  );
  return Object.fromEntries(kept) as NodeJS.ProcessEnv;
}

async function untilAddress(child: ChildProcess, url: string, dataDir: string): Promise<void> {
  let output = '';
  const listen = (chunk: Buffer) => {
    output += String(chunk);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const deadline = Date.now() + START_WITHIN_MS;
  while (!output.includes(url)) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The product did not start.\n${output}\n${lastLog(dataDir)}`);
    }
    await sleep(50);
  }
}

function lastLog(dataDir: string): string {
  try {
    return readFileSync(path.join(dataDir, 'logs/server.log'), 'utf8').slice(-4_000);
  } catch {
    return '';
  }
}

async function stopChild(child: ChildProcess, dataDir: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGINT');
  const late = new AbortController();
  const outcome = await Promise.race([
    ended.then(() => 'ended' as const),
    sleep(STOP_WITHIN_MS, 'late' as const, { signal: late.signal }).catch(() => 'ended' as const),
  ]);
  late.abort();
  if (outcome === 'ended') return;
  child.kill('SIGKILL');
  throw new Error(`The product did not stop within ${STOP_WITHIN_MS / 1000} s; see ${dataDir}.`);
}

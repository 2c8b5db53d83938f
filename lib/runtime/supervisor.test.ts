import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { projectRoot, temporaryPrefix } from '../testing/test-settings';
import { freePort } from './free-port';
import { stopLeftBehind } from './postgres-orphan';
import { startOf } from './process-identity';

/** Stands for the web server, the worker and the sandbox: says who it is, is ready, and ends when asked to. */
const CHILD = `
  import { appendFileSync } from 'node:fs';
  import path from 'node:path';
  const name = path.basename(process.argv[1], '.mjs');
  const note = (what) => appendFileSync(path.join(process.env.DATA_DIR, 'notes'), name + ' ' + what + ' ' + process.pid + '\\n');
  note('started');
  const end = () => { note('ended'); process.exit(0); };
  process.on('SIGTERM', end);
  process.on('disconnect', end);
  setInterval(() => undefined, 1000);
  process.send('ready');
`;

// Whole products start here, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000 });

let root: string;
let dataDir: string;
let variables: Record<string, string>;
let supervisors: ChildProcess[];

beforeEach(async () => {
  root = mkdtempSync(temporaryPrefix());
  chmodSync(root, 0o755);
  dataDir = root;
  mkdirSync(path.join(root, 'dist'));
  for (const name of ['server', 'worker', 'sandbox'])
    writeFileSync(path.join(root, 'dist', `${name}.mjs`), CHILD);
  symlinkSync(path.join(projectRoot, 'prisma'), path.join(root, 'prisma'));
  const runner = `import { supervise } from '${projectRoot}/lib/runtime/supervisor.ts';
    await supervise({ root: '${root}', dev: false });`;
  writeFileSync(path.join(root, 'run.mts'), runner);
  variables = {
    PATH: process.env.PATH ?? '',
    SAAS_PORT: String(await freePort(0)),
    SANDBOX_PORT: String(await freePort(0)),
    SANDBOX_SMTP_PORT: String(await freePort(0)),
    DATA_DIR: dataDir,
    SAAS_MODE: 'test',
  };
  supervisors = [];
});

afterEach(async () => {
  for (const one of supervisors) one.kill('SIGKILL');
  await stopLeftBehind(dataDir);
  // The killed one's children still write their last word on a busy machine.
  await vi.waitFor(() => rmSync(root, { recursive: true, force: true }), 30_000);
});

interface Run {
  child: ChildProcess;
  output: () => string;
  exit: Promise<number | null>;
}

function run(extra: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'run.mts')], {
    cwd: projectRoot,
    env: { ...variables, ...extra } as unknown as NodeJS.ProcessEnv,
  });
  supervisors.push(child);
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, output: () => output, exit };
}

async function untilReady(one: Run): Promise<void> {
  await vi.waitFor(
    () => expect(one.output()).toContain(`http://localhost:${variables.SAAS_PORT}`),
    {
      timeout: 90_000,
    },
  );
}

const notes = () => readFileSync(path.join(dataDir, 'notes'), 'utf8').trim().split('\n');
const pidOf = (what: string) =>
  Number(
    notes()
      .findLast((line) => line.startsWith(what))
      ?.split(' ')[2],
  );
const postgresPid = () =>
  Number(readFileSync(path.join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);

test('Ctrl-C stops everything in order; the next start finds the data', async () => {
  const first = run();
  await untilReady(first);
  const database = postgresPid();
  expect(startOf(database)).toBeDefined();
  first.child.kill('SIGINT');
  expect(await first.exit).toBe(0);
  expect(
    notes()
      .slice(3)
      .map((line) => line.split(' ', 2).join(' ')),
  ).toEqual(['server ended', 'worker ended', 'sandbox ended']);
  expect(startOf(database)).toBeUndefined();
  const second = run();
  await untilReady(second);
  expect(second.output()).not.toContain('Migrations applied');
});

test('killed, it leaves no process behind for long, and the next start takes over', async () => {
  const first = run();
  await untilReady(first);
  const left = [pidOf('server started'), pidOf('worker started'), pidOf('sandbox started')];
  const database = postgresPid();
  first.child.kill('SIGKILL');
  await vi.waitFor(
    () => expect(left.map(startOf)).toEqual([undefined, undefined, undefined]),
    20_000,
  );
  const second = run();
  await untilReady(second);
  expect(startOf(database)).toBeUndefined();
});

test('a process that crashes is started again', async () => {
  const one = run();
  await untilReady(one);
  const before = pidOf('worker started');
  process.kill(before, 'SIGKILL');
  await vi.waitFor(() => expect(pidOf('worker started')).not.toBe(before), 30_000);
  expect(one.output()).toContain('The worker ended (SIGKILL) and starts again');
});

test('PostgreSQL, ended by someone else, is started again on the same port', async () => {
  const one = run();
  await untilReady(one);
  const { port } = JSON.parse(readFileSync(path.join(dataDir, 'postgres.json'), 'utf8'));
  const secrets = JSON.parse(readFileSync(path.join(dataDir, 'secrets.json'), 'utf8'));
  process.kill(postgresPid(), 'SIGQUIT');
  await vi.waitFor(async () => {
    const client = new pg.Client({
      connectionString: `postgresql://postgres:${secrets.POSTGRES_PASSWORD}@127.0.0.1:${port}/neozork`,
    });
    await client.connect();
    await client.end();
    expect(one.output()).toContain('PostgreSQL ended by itself');
  }, 60_000);
});

test('a second start on the same data folder is refused', async () => {
  const first = run();
  await untilReady(first);
  const second = run({ SAAS_PORT: '0' });
  expect(await second.exit).toBe(1);
  expect(second.output()).toMatch(/already runs on the data folder/);
});

test('a process that never starts is told in one sentence, and nothing is left running', async () => {
  writeFileSync(
    path.join(root, 'dist/worker.mjs'),
    "throw new Error('the worker lacks its tools');",
  );
  const one = run();
  expect(await one.exit).toBe(1);
  expect(one.output()).toMatch(/The worker did not start: Error: the worker lacks its tools/);
  expect(startOf(pidOf('server started'))).toBeUndefined();
});

test('a port in use is named with the setting that moves it', async () => {
  const taken = net.createServer();
  await new Promise<void>((resolve) =>
    taken.listen(Number(variables.SAAS_PORT), '127.0.0.1', resolve),
  );
  const one = run();
  expect(await one.exit).toBe(1);
  expect(one.output().trim()).toBe(
    `Port ${variables.SAAS_PORT} is in use by another program: stop it, or set SAAS_PORT to another port.`,
  );
  taken.close();
});

test.each([
  [{ DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/none' }, /^DATABASE_URL .* cannot be reached/],
  [{ DATABASE_URL: 'mysql://127.0.0.1/none' }, /^DATABASE_URL is not valid: it is a PostgreSQL/],
  [{ SAAS_PORT: 'abc' }, /^SAAS_PORT is not valid/],
  [{ SAAS_PORT: '0' }, /^SAAS_PORT is not valid/],
  [
    { SANDBOX_PORT: '18090', SANDBOX_SMTP_PORT: '18090' },
    /^SANDBOX_SMTP_PORT is not valid: port 18090 is already that of SANDBOX_PORT/,
  ],
  [
    { SAAS_PORT: '18090', SANDBOX_PORT: '18090' },
    /^SANDBOX_PORT is not valid: port 18090 is already that of SAAS_PORT/,
  ],
  [
    { STRIPE_SECRET_KEY: 'mine', STRIPE_WEBHOOK_SECRET: 'whsec_mine' },
    /^STRIPE_SECRET_KEY is not valid: it is one of Stripe’s secret keys/,
  ],
  [
    { ENCRYPTION_KEYS: `a:${'0'.repeat(64)},a:${'1'.repeat(64)}` },
    /^ENCRYPTION_KEYS is not valid: each key has an id of its own/,
  ],
  [{ DATABASE_POOL_SIZE: 'many' }, /^DATABASE_POOL_SIZE is not valid: [^.]*number/],
  [{ SANDBOX_PORT: '99999' }, /^SANDBOX_PORT is not valid/],
  [{ SAAS_MODE: 'holiday' }, /^SAAS_MODE is not valid/],
  [{ STRIPE_SECRET_KEY: 'sk_test_mine' }, /^STRIPE_WEBHOOK_SECRET is not set/],
  [
    { SAAS_MODE: '', NODE_ENV: 'production' },
    /^In production AUTH_SECRET, .* are needed and not set/,
  ],
  [{ DATA_DIR: '/dev/null/data' }, /^The data folder \/dev\/null\/data cannot be written to/],
  [{ DATA_DIR: '/proc/none/data' }, /^The data folder \/proc\/none\/data cannot be written to/],
])('%j ends the start with one sentence', async (extra, sentence) => {
  const one = run(extra);
  expect(await one.exit).toBe(1);
  const said = one.output().trim().split('\n').at(-1)?.trim();
  expect(said).toMatch(sentence);
});

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-main-'));
const bundle = path.join(folder, 'sandbox.mjs');

beforeAll(async () => {
  // As the product's own build does it: one file that reads nothing beside it.
  const banner =
    "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  await build({
    entryPoints: [path.join(import.meta.dirname, 'main.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: banner },
    tsconfig: path.join(import.meta.dirname, '..', 'tsconfig.json'),
    logLevel: 'error',
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

function start(settings: Record<string, string>) {
  // Next's types make NODE_ENV a must; here its absence is part of the test.
  const env: Record<string, string | undefined> = {
    PATH: process.env['PATH'],
    SANDBOX_PORT: '0',
    SANDBOX_SMTP_PORT: '0',
    ...settings,
  };
  const child = spawn(process.execPath, [bundle], {
    env: env as NodeJS.ProcessEnv,
  });
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  const code = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', () => {
      const url = /^sandbox ready (\S+)$/m.exec(output)?.[1];
      if (url) resolve(url);
    });
  });
  return { child, code, ready, output: () => output };
}

test('the bundle says one line, serves, keeps its state on SIGTERM and exits with 0', async () => {
  const run = start({ SANDBOX_DATA_DIR: path.join(folder, 'data') });
  const url = new URL(await run.ready);
  const stripe = new Stripe('sk_test_main', {
    host: url.hostname,
    port: url.port,
    protocol: 'http',
    telemetry: false,
  });
  const { id } = await stripe.customers.create({ email: 'main@example.com' });
  run.child.kill('SIGTERM');
  expect(await run.code).toBe(0);
  expect(run.output()).toBe(`sandbox ready ${url.origin}\n`);
  expect(readFileSync(path.join(folder, 'data', 'sandbox.json'), 'utf8')).toContain(id);
});

test.each<Record<string, string>>([{ SAAS_MODE: 'production' }, { NODE_ENV: 'production' }])(
  'it refuses to start in production: %o',
  async (env) => {
    const run = start(env);
    expect(await run.code).toBe(1);
    expect(run.output()).toContain('does not run in production');
  },
);

test('a damaged state file is named and left alone', async () => {
  const dataDir = path.join(folder, 'damaged');
  mkdirSync(dataDir);
  writeFileSync(path.join(dataDir, 'sandbox.json'), '{"customer": [');
  const run = start({ SANDBOX_DATA_DIR: dataDir });
  expect(await run.code).toBe(1);
  expect(run.output()).toBe(
    `sandbox: The state file ${path.join(dataDir, 'sandbox.json')} is damaged. Move it away to start with an empty sandbox.\n`,
  );
  expect(readFileSync(path.join(dataDir, 'sandbox.json'), 'utf8')).toBe('{"customer": [');
});

test('a port in use, a bad port and a missing secret are one clear sentence each', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  const runs = [
    start({ SANDBOX_PORT: `${port}` }),
    start({ SANDBOX_SMTP_PORT: `${port}` }),
    start({ SANDBOX_PORT: 'http' }),
    start({ SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:1/' }),
  ];
  expect(await Promise.all(runs.map((run) => run.code))).toEqual([1, 1, 1, 1]);
  expect(runs.map((run) => run.output())).toEqual([
    `sandbox: port ${port} is in use. Stop what listens there or set SANDBOX_PORT and SANDBOX_SMTP_PORT.\n`,
    `sandbox: port ${port} is in use. Stop what listens there or set SANDBOX_PORT and SANDBOX_SMTP_PORT.\n`,
    'sandbox: SANDBOX_PORT must be a port number, not “http”.\n',
    'sandbox: A webhook address needs a signing secret: pass webhookSecret (STRIPE_WEBHOOK_SECRET).\n',
  ]);
  taken.close();
});

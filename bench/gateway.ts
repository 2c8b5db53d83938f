import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@/lib/runtime/free-port';
import { countedCalls, grantByHand, makeKeyByApi, signUpByApi } from '@/lib/testing/api-client';
import { type BenchRow, median } from '@/lib/testing/bench-world';
import { onThrowawayDatabase } from '@/lib/testing/throwaway-database';
import { startGateway } from '@/lib/testing/gateway-process';
import { projectRoot } from '@/lib/testing/test-settings';

const ROUNDS = 5;
const SECONDS = 4;
const CONNECTIONS = 64;
const TARGET_RATIO = 5;
const PATH = '/api/v1/strategies/presets';

/**
 * An authenticated, rate-limited and metered GET, each call durable before its answer leaves, beside
 * a Next route handler that returns a constant. Taken in turns on the same machine, so that what
 * else it does weighs on both; the ratio is the median of the rounds.
 */
export async function run(): Promise<BenchRow[]> {
  return onThrowawayDatabase({ durable: true }, async (databaseUrl) => {
    const next = await startConstant();
    const gateway = await startGateway(databaseUrl);
    try {
      const tenant = await signUpByApi(gateway.url);
      const tenantId = await grantByHand(databaseUrl, tenant.email, {
        calls: 1_000_000_000,
        rate: 1_000_000,
        burst: 1_000_000,
      });
      const { secret } = await makeKeyByApi(gateway.url, tenant);
      const before = (await countedCalls(databaseUrl, tenantId)).month;
      const rounds = await race(next.url, `${gateway.url}${PATH}`, secret);
      const { month } = await countedCalls(databaseUrl, tenantId);
      const answered = rounds.reduce((sum, round) => sum + round.metered.total, 0);
      return rowsOf(rounds, month - before - answered);
    } finally {
      await gateway.stop();
      next.child.kill('SIGKILL');
    }
  });
}

type Load = { perSecond: number; total: number };
type Round = { constant: Load; metered: Load };

async function race(constantUrl: string, meteredUrl: string, secret: string): Promise<Round[]> {
  const rounds: Round[] = [];
  await load(constantUrl, null, 2);
  await load(meteredUrl, secret, 2);
  for (let i = 0; i < ROUNDS; i++) {
    rounds.push({
      constant: await load(constantUrl, null, SECONDS),
      metered: await load(meteredUrl, secret, SECONDS),
    });
  }
  return rounds;
}

function rowsOf(rounds: Round[], uncertain: number): BenchRow[] {
  const ratio = median(rounds.map((round) => round.metered.perSecond / round.constant.perSecond));
  const of = (pick: (round: Round) => Load) => median(rounds.map((round) => pick(round).perSecond));
  return [
    {
      name: 'Gateway: Next route handler, constant',
      value: of((round) => round.constant),
      unit: 'calls/s',
      target: null,
      ok: true,
    },
    {
      name: 'Gateway: GET with key, limits and durable count',
      value: of((round) => round.metered),
      unit: 'calls/s',
      target: null,
      ok: true,
    },
    {
      name: 'Gateway: metered GET against a constant in Next',
      value: ratio,
      unit: '× its throughput',
      target: TARGET_RATIO,
      ok: ratio >= TARGET_RATIO,
    },
    {
      name: 'Gateway: calls answered but not counted',
      value: Math.max(0, -uncertain),
      unit: 'calls (none)',
      target: 0,
      ok: uncertain >= 0,
    },
  ];
}

/** Calls for some seconds over kept-alive connections; anything but a 200 is an error. */
async function load(url: string, token: string | null, seconds: number): Promise<Load> {
  const headers = token ? ['-H', `Authorization=Bearer ${token}`] : [];
  const bin = fileURLToPath(import.meta.resolve('autocannon'));
  const options = ['-j', '-c', String(CONNECTIONS), '-d', String(seconds), ...headers, url];
  const child = spawn(process.execPath, [bin, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await new Promise((resolve) => child.once('close', resolve));
  const result = JSON.parse(text) as { '2xx': number; non2xx: number; duration: number };
  if (result.non2xx > 0) throw new Error(`${result.non2xx} calls of ${url} were refused`);
  return { perSecond: result['2xx'] / result.duration, total: result['2xx'] };
}

/** The smallest Next application there can be, built and run as in production. */
async function startConstant(): Promise<{ url: string; child: ChildProcess }> {
  const dir = path.join(projectRoot, '.tmp/bench-next');
  const bin = path.join(projectRoot, 'node_modules/next/dist/bin/next');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(path.join(dir, 'app/constant'), { recursive: true });
  const write = (name: string, text: string) => writeFileSync(path.join(dir, name), text);
  write('package.json', '{"type":"module","private":true}');
  write(
    'next.config.mjs',
    `export default { compress: false, poweredByHeader: false, outputFileTracingRoot: ${JSON.stringify(projectRoot)}, turbopack: { root: ${JSON.stringify(projectRoot)} } };`,
  );
  write('app/layout.js', 'export default function Layout({ children }) { return children; }');
  write(
    'app/constant/route.js',
    `export const dynamic = 'force-dynamic';\nexport const GET = () => Response.json({ data: [], next_cursor: null });`,
  );
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
  const build = spawn(process.execPath, [bin, 'build', dir], { cwd: dir, env, stdio: 'ignore' });
  const code = await new Promise((resolve) => build.once('exit', resolve));
  if (code !== 0) throw new Error('the constant Next application could not be built');
  const port = await freePort(0);
  const args = [bin, 'start', dir, '-H', '127.0.0.1', '-p', String(port)];
  const child = spawn(process.execPath, args, { cwd: dir, env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/constant`;
  for (let tries = 0; tries < 300; tries++) {
    const up = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return { url, child };
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error('the constant Next application did not start');
}

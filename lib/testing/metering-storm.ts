import { setTimeout as sleep } from 'node:timers/promises';
import { callApi, countedCalls, grantByHand, makeKeyByApi, signUpByApi } from './api-client';
import { type GatewayProcess, startGateway } from './gateway-process';
import { startThrowawayDatabase, type ThrowawayDatabase } from './throwaway-database';

/** What became of the calls of a storm. */
export type StormReport = {
  sent: number;
  /** Answered with 200. */
  acknowledged: number;
  /** Answered with a problem, or cut. */
  failed: number;
  /** Counted by the month and by the hours, when everything had settled. */
  counted: { month: number; hours: number };
  kills: number;
};

export type StormOptions = {
  /** Which processes are killed with SIGKILL, again and again. */
  victim: 'gateway' | 'database';
  kills: number;
  callers: number;
  /** Quiet time before each kill, in ms. */
  everyMs: number;
};

const PATH = '/api/v1/strategies/presets';

/**
 * Calls a metered endpoint from many callers at once, over two gateways on a durable database of
 * its own, while one of the processes is killed and started again; then counts.
 */
export async function runStorm(options: StormOptions): Promise<StormReport> {
  const state: Storm = { database: await startThrowawayDatabase({ durable: true }), gateways: [] };
  try {
    const { url } = state.database;
    state.gateways = await Promise.all([startGateway(url), startGateway(url)]);
    return await storm(options, state);
  } finally {
    await Promise.all(state.gateways.map((gateway) => gateway.stop()));
    await state.database.remove();
  }
}

type Storm = { database: ThrowawayDatabase; gateways: GatewayProcess[] };

async function storm(options: StormOptions, state: Storm): Promise<StormReport> {
  const [first] = state.gateways;
  if (!first) throw new Error('no gateway');
  const tenant = await signUpByApi(first.url);
  const tenantId = await grantByHand(state.database.url, tenant.email, {
    calls: null,
    rate: null,
    burst: null,
  });
  const { secret } = await makeKeyByApi(first.url, tenant);
  const before = (await countedCalls(state.database.url, tenantId)).month;
  const tally = { sent: 0, acknowledged: 0, failed: 0, over: false };
  const callers = Array.from({ length: options.callers }, (_, i) =>
    keepCalling(() => state.gateways[i % state.gateways.length]?.url ?? '', secret, tally),
  );
  for (let kill = 0; kill < options.kills; kill++) {
    await sleep(options.everyMs);
    if (options.victim === 'gateway') await replaceGateway(state, kill);
    else await state.database.crash();
  }
  await sleep(options.everyMs);
  tally.over = true;
  await Promise.all(callers);
  const counted = await settled(state.database.url, tenantId, before, tally.acknowledged);
  const { sent, acknowledged, failed } = tally;
  return { sent, acknowledged, failed, counted, kills: options.kills };
}

type Tally = { sent: number; acknowledged: number; failed: number; over: boolean };

async function keepCalling(url: () => string, token: string, tally: Tally): Promise<void> {
  while (!tally.over) {
    tally.sent++;
    const status = await callApi(url(), 'GET', PATH, { token }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) tally.acknowledged++;
    else {
      tally.failed++;
      await sleep(20);
    }
  }
}

async function replaceGateway(state: Storm, kill: number): Promise<void> {
  const at = kill % state.gateways.length;
  const old = state.gateways[at];
  if (!old) return;
  await old.kill();
  state.gateways[at] = await startGateway(state.database.url, { port: old.port });
}

/** Refunds of calls that were told "unavailable" come after them; a figure that stands still is final. */
async function settled(url: string, tenantId: string, before: number, expected: number) {
  let last = { month: -1, hours: -1 };
  for (let still = 0; still < 12; ) {
    const now = await countedCalls(url, tenantId);
    still = now.month === last.month ? still + 1 : 0;
    last = now;
    if (now.month - before === expected) break;
    await sleep(250);
  }
  return { month: last.month - before, hours: last.hours - before };
}

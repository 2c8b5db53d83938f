import pg from 'pg';
import { grantByHand, makeKeyByApi, signUpByApi } from '@/lib/testing/api-client';
import { type BenchRow, median } from '@/lib/testing/bench-world';
import { onThrowawayDatabase } from '@/lib/testing/throwaway-database';
import { startGateway } from '@/lib/testing/gateway-process';

const TARGET = 20_000;
const EVENTS = 1_000;
const SENDERS = 6;
const ROUNDS = 5;
const ROUND_MS = 4_000;

/**
 * Batches of 1,000 events over HTTP, durable and deduplicated before they are acknowledged; then the
 * events and the counter in the database are compared with what was acknowledged.
 */
export async function run(): Promise<BenchRow[]> {
  return onThrowawayDatabase({ durable: true }, async (databaseUrl) => {
    const gateway = await startGateway(databaseUrl);
    try {
      const tenant = await signUpByApi(gateway.url);
      const limits = { calls: null, rate: null, burst: null };
      const tenantId = await grantByHand(databaseUrl, tenant.email, limits);
      const { secret } = await makeKeyByApi(gateway.url, tenant);
      const target = { url: `${gateway.url}/api/v1/usage/events/batch`, secret };
      await sendFor(target, 'warm-up', 1_500);
      const rates: number[] = [];
      let accepted = await storedEvents(databaseUrl, tenantId);
      for (let round = 0; round < ROUNDS; round++) {
        const { events, seconds } = await sendFor(target, `round ${round}`, ROUND_MS);
        rates.push(events / seconds);
        accepted += events;
      }
      const stored = await storedEvents(databaseUrl, tenantId);
      const rate = median(rates);
      return [
        {
          name: 'Usage: events in batches, end to end',
          value: rate,
          unit: 'events/s',
          target: TARGET,
          ok: rate >= TARGET,
        },
        {
          name: 'Usage: acknowledged but not stored and counted once',
          value: Math.abs(stored - accepted),
          unit: 'events (none)',
          target: 0,
          ok: stored === accepted,
        },
      ];
    } finally {
      await gateway.stop();
    }
  });
}

type Target = { url: string; secret: string };

async function sendFor(target: Target, name: string, ms: number) {
  const began = performance.now();
  const counts = await Promise.all(
    Array.from({ length: SENDERS }, async (_, sender) => {
      let events = 0;
      for (let n = 0; performance.now() - began < ms; n++) {
        events += await sendBatch(target, `${name} ${sender} ${n}`);
      }
      return events;
    }),
  );
  const events = counts.reduce((sum, count) => sum + count, 0);
  return { events, seconds: (performance.now() - began) / 1_000 };
}

async function sendBatch({ url, secret }: Target, name: string): Promise<number> {
  const events = Array.from(
    { length: EVENTS },
    (_, i) =>
      `{"id":"${name} ${i}","meter":"custom_events","value":1,"dimensions":{"region":"eu"}}`,
  );
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: `{"events":[${events.join(',')}]}`,
  });
  const answer = (await response.json()) as { accepted?: number };
  if (answer.accepted !== EVENTS) throw new Error(JSON.stringify(answer));
  return answer.accepted;
}

/** Rows, when the counter agrees with them; otherwise a figure that fits nothing. */
async function storedEvents(databaseUrl: string, tenantId: string): Promise<number> {
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  const { rows } = await admin.query<{ stored: number; counted: number | null }>(
    `SELECT (SELECT count(*)::float8 FROM usage_event WHERE tenant_id = $1) AS stored,
            (SELECT used FROM usage_period WHERE tenant_id = $1 AND meter = 'custom_events') AS counted`,
    [tenantId],
  );
  await admin.end();
  const { stored = 0, counted = null } = rows[0] ?? {};
  return stored === (counted ?? 0) ? stored : Number.NaN;
}

import { afterAll, beforeAll, expect, it } from 'vitest';
import { setEntitlements } from '@/lib/domains/entitlements';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { follow, hub, relayTurn } from '@/lib/infra/realtime';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { countUsage } from '.';
import { listeners } from './jobs';
import { relayUsageTurn } from './relay-usage';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(async () => {
  await world.open();
  // A stream begins with the month of the database's own clock.
  world.clock.advance(Date.now() - world.clock.now().getTime());
});
afterAll(async () => {
  await hub().close();
  await world.close();
  await closeDatabase();
});

async function relay(): Promise<void> {
  await relayTurn(world.clock.now(), listeners);
  await relayUsageTurn(world.clock.now());
}

/** The first message that a new reader gets. */
async function first(tenantId: string): Promise<unknown> {
  const stop = new AbortController();
  for await (const { data } of follow(tenantId, 'usage', null, stop.signal)) {
    stop.abort();
    return data;
  }
  return null;
}

it('tells the present limit to who reads already and to who begins to, after the plan changed', async () => {
  const { ctx, tenantId } = await world.owner();
  const bystander = await world.owner();
  for (const one of [ctx, bystander.ctx]) {
    await withTenant(one, (tx) => countUsage(tx, one, 'backtests'));
  }
  await relay();
  expect(await first(tenantId)).toMatchObject({ meter: 'backtests', used: 1, limit: 10 });

  const stop = new AbortController();
  const reader = follow(tenantId, 'usage', null, stop.signal);
  const before = (await reader.next()).value?.seq ?? 0;
  const change = { planId: 'professional', planVersion: 1, source: 'subscription' } as const;
  await withTenant(ctx, (tx) =>
    setEntitlements(tx, ctx, { ...change, validUntil: null, apiCallsBeyond: 0 }),
  );
  await relay();
  const told = { meter: 'backtests', used: 1, limit: 100 };
  expect((await reader.next()).value).toMatchObject({ seq: before + 1, data: told });
  stop.abort();
  expect(await first(tenantId)).toMatchObject(told);

  const { rows } = await world.admin.query('SELECT 1 FROM usage_stream WHERE tenant_id = $1', [
    bystander.tenantId,
  ]);
  expect(rows).toHaveLength(1);
});

import { beforeAll, expect, it } from 'vitest';
import { askReprice, getAdminPlan, savePlanDraft } from '@/lib/domains/operator';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { booksOf } from '@/lib/testing/billing-books';
import { createTenant, subscribe, useBillingWorld } from '@/lib/testing/billing-world';
import { holdUpdates } from '@/lib/testing/held-writes';
import { fillMonth } from '@/lib/testing/month-world';
import { newOperator } from '@/lib/testing/operator-world';
import { countCalls } from '@/lib/testing/overage-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { useWorkers } from '@/lib/testing/workers';

const database = useTestDatabase();
const world = useBillingWorld(database);
/** How long anything may take before the test gives up; it passes as soon as it is so. */
const PATIENCE = 120_000;
const LIMIT = 100_000;
/** More than two transactions' worth of a report. */
const HOLDERS = 120;
const start = useWorkers(database, () => world.env);

/** The first moment of the month before this one, UTC, which no test can wait for. */
function lastMonth(): Date {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
}

// Others' histories count in a report, so they are there before anybody else's.
beforeAll(() => fillMonth(world.admin, { tenants: HOLDERS, rowsEach: 1 }), 120_000);

const count = async (text: string, values: unknown[] = []) =>
  (await world.admin.query<{ count: number }>(`SELECT count(*)::int FROM ${text}`, values)).rows[0]
    ?.count;
const until = (text: string, wanted: number) =>
  expect.poll(() => count(text), { timeout: PATIENCE, interval: 100 }).toBe(wanted);

/** A tenant that has paid and had overage switched on since last month, in which it went beyond its limit. */
async function beyondItsLimit(): Promise<Ctx> {
  const { ctx } = await createTenant(world, { ageDays: 70 });
  await subscribe(ctx);
  const { tenantId } = ctx;
  const start = lastMonth();
  const since = [tenantId, start];
  await world.admin.query(`BEGIN; SET LOCAL session_replication_role = 'replica'`);
  await world.admin.query(
    'UPDATE subscription_event SET at = $2, happened_at = $2 WHERE tenant_id = $1',
    since,
  );
  await world.admin.query('UPDATE subscription SET created_at = $2 WHERE tenant_id = $1', since);
  await world.admin.query('COMMIT');
  await world.admin.query(
    `INSERT INTO overage_setting (tenant_id, meter, revision, mode, starts_at, created_at)
     VALUES ($1, 'api_calls', 1, 'on', $2, $2)`,
    since,
  );
  await countCalls(world, ctx, LIMIT + 2_000, start);
  return ctx;
}

const close = ({ tenantId }: Ctx) =>
  world.admin.query(
    `SELECT graphile_worker.add_job('billing.close_months', json_build_object('tenantId', $1::text),
       job_key => 'close:' || $1, queue_name => 'billing.close_months:' || $1)`,
    [tenantId],
  );
/** The last that the job does, after charges, invoice items and all. */
const settled = `overage_charge JOIN usage_report USING (tenant_id, meter, month)
  WHERE settled_at IS NOT NULL AND amount = 300`;

it('a month is closed once when the worker is killed between the provider and us', async () => {
  const calm = await beyondItsLimit();
  const disturbed = [await beyondItsLimit(), await beyondItsLimit(), await beyondItsLimit()];
  const first = await start();
  await close(calm);
  await until(settled, 1);
  const expected = await booksOf(world, calm.tenantId);
  expect(expected).toMatchObject({
    ours: { charges: [{ amount: '300', settled: true }] },
    theirs: { items: [300] },
  });
  const condition = 'NEW.provider_line_id IS NOT NULL AND OLD.provider_line_id IS NULL';
  const held = await holdUpdates(world.admin, 'overage_charge', condition);
  for (const ctx of disturbed) await close(ctx);
  await held.reached(disturbed.length);
  await first.kill();
  await held.killWaiting();
  expect(await count(settled)).toBe(1);
  await start();
  await until(settled, 4);
  for (const { tenantId } of disturbed) {
    expect((await booksOf(world, tenantId)).ours).toEqual(expected.ours);
    expect((await booksOf(world, tenantId)).theirs).toEqual(expected.theirs);
  }
}, 300_000);

async function report(): Promise<unknown[]> {
  const { rows } = await world.admin.query(
    `SELECT tenant_id, billing_cycle, was_price, was_overage, would_price, would_overage FROM repriced_tenant
     ORDER BY tenant_id, billing_cycle`,
  );
  return rows;
}

async function makeDraft(): Promise<OperatorCtx> {
  const ctx = await newOperator(world.admin, 'admin');
  const { versions } = await getAdminPlan(ctx, 'professional');
  const content = versions[0]?.content;
  if (!content) throw new Error('it has a version');
  const prices = { monthly: 22_000, quarterly: null, annual: 180_000 };
  const draft = { ...content, prices, overage: { api_calls: 100 } };
  await savePlanDraft(ctx, { id: 'professional', revision: 0, content: draft });
  return ctx;
}

it('a report of everybody goes on where its worker was killed, with every tenant in it once', async () => {
  const operator = await makeDraft();
  const ask = () => askReprice(operator, { id: 'professional', months: 3 });
  const finished = 'plan_reprice WHERE finished_at IS NOT NULL';
  const first = await start();
  await ask();
  await until(finished, 1);
  const expected = await report();
  expect(expected.length).toBeGreaterThanOrEqual(HOLDERS);
  const held = await holdUpdates(
    world.admin,
    'plan_reprice',
    'OLD.done > 0 AND NEW.done > OLD.done',
  );
  await ask();
  await held.reached();
  await first.kill();
  await held.killWaiting();
  const half = await report();
  expect(half.length).toBeGreaterThan(0);
  expect(half.length).toBeLessThan(expected.length);
  await start();
  await until(finished, 1);
  expect(await report()).toEqual(expected);
}, 300_000);

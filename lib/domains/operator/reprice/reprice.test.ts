import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import type { Series } from '@/lib/kernel/series';
import { handlers } from '@/lib/runtime/worker-jobs';
import { invoiceTenant } from '@/lib/testing/invoice-world';
import { makeOperator, signedInOperator } from '@/lib/testing/operator-world';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  askReprice,
  discardPlanDraft,
  exportReprice,
  getAdminPlan,
  getReprice,
  listPlatformAudit,
  platformAuditQuery,
  savePlanDraft,
} from '..';
import { seriesCsv } from '@/lib/transport/series-csv';
import { holdingsOf } from './holdings';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
const operators = {} as Record<'admin' | 'finance' | 'support', OperatorCtx>;
/** First days of the months before now, UTC. */
const month = (back: number) => {
  const now = world.clock.now();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
};

beforeAll(async () => {
  await world.open();
  for (const role of ['admin', 'finance', 'support'] as const) {
    const { email } = await makeOperator(world.admin, role, world.email());
    operators[role] = (await signedInOperator(world.info(), email)).ctx;
  }
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

type Told = { at: Date; status: string; cycle?: string };

/** A tenant with a history on Professional, by its rows alone. */
async function holder(admin: pg.Client, told: readonly Told[]) {
  const { ctx } = await invoiceTenant(admin);
  const { tenantId } = ctx;
  const id = newId();
  const [first] = told;
  const cycle = first?.cycle ?? 'monthly';
  await admin.query(
    `INSERT INTO subscription (tenant_id, id, status, plan_id, plan_version, billing_cycle, wish_plan_id, wish_plan_version,
       wish_cycle, created_at, updated_at)
     VALUES ($1, $2, 'cancelled', 'professional', 1, $3, 'professional', 1, $3, now(), now())`,
    [tenantId, id, cycle],
  );
  for (const { at, status } of told) {
    await admin.query(
      `INSERT INTO subscription_event (tenant_id, id, subscription_id, at, happened_at, cause, actor, status, plan_id, plan_version,
         billing_cycle, currency, monthly_before, monthly_after)
       VALUES ($1, $2, $3, $4, $4, 'test', '{}', $5, 'professional', 1, $6, 'usd', 0, 0)`,
      [tenantId, newId(), id, at, status, cycle],
    );
  }
  return tenantId;
}

const use = (tenantId: string, back: number, used: number) =>
  world.admin.query(
    `INSERT INTO usage_period (tenant_id, meter, period_start, used, updated_at) VALUES ($1, 'api_calls', $2, $3, now())`,
    [tenantId, month(back), used],
  );

async function runJob(): Promise<void> {
  const { rows } = await world.admin.query<{ id: string }>('SELECT id FROM plan_reprice');
  const job = handlers.find(({ contract }) => contract.name === 'operator.reprice');
  const run = { attempt: 1, maxAttempts: 1, signal: new AbortController().signal };
  // Twice: what is finished is left alone.
  for (const { id } of [...rows, ...rows]) await job?.run(world.info(), { id }, run);
}

async function linesOf(series: Series): Promise<string[]> {
  let text = '';
  for await (const piece of seriesCsv(series)) text += new TextDecoder().decode(piece);
  return text.trim().split('\r\n');
}

describe('repricing everyone', () => {
  it('needs a draft, and an admin', async () => {
    const input = { id: 'professional', months: 6 } as const;
    await expect(askReprice(operators.admin, input)).rejects.toMatchObject({ code: 'no_draft' });
    await expect(askReprice(operators.finance, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(askReprice(operators.admin, { ...input, id: 'gold' })).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect(await getReprice(operators.finance, 'professional')).toBeNull();
  });

  it('tells what everybody paid and would have, with overage, sums and who gains', async () => {
    const { versions } = await getAdminPlan(operators.admin, 'professional');
    const content = versions[0]?.content;
    if (!content) throw new Error('it has a version');
    const saved = await savePlanDraft(operators.admin, {
      id: 'professional',
      revision: 0,
      content: {
        ...content,
        prices: { monthly: 22_000, quarterly: null, annual: 180_000 },
        overage: { api_calls: 100 },
      },
    });
    // Half of the six months on trial, then paying; a failed payment changes nothing.
    const steady = await holder(world.admin, [
      { at: month(9), status: 'trialing' },
      { at: month(3), status: 'active' },
      { at: month(2), status: 'past_due' },
      { at: month(1), status: 'active' },
    ]);
    const heavy = await holder(world.admin, [{ at: month(2), status: 'active' }]);
    await use(heavy, 2, 200_000);
    await use(heavy, 0, 900_000);
    await holder(world.admin, [{ at: month(12), status: 'active', cycle: 'quarterly' }]);
    await holder(world.admin, [
      { at: month(12), status: 'active' },
      { at: month(8), status: 'cancelled' },
    ]);
    // A sandbox tenant pays nothing that counts.
    const played = await holder(world.admin, [{ at: month(3), status: 'active' }]);
    await world.admin.query(
      `INSERT INTO tenant_clock (tenant_id, gateway, clock_id, at, created_at, moved_at)
       VALUES ($1, 'stripe', 'clock_1', now(), now(), now())`,
      [played],
    );
    await askReprice(operators.admin, { id: 'professional', months: 6 });
    expect(await getReprice(operators.finance, 'professional')).toMatchObject({
      finished: false,
      done: 0,
      total: 4,
    });
    await runJob();
    const report = await getReprice(operators.finance, 'professional');
    expect(report).toMatchObject({
      revision: saved.draft?.revision,
      outdated: false,
      finished: true,
      done: 4,
      // Three months; two months with 100,000 calls beyond, at $1.50 and at $1 a thousand.
      was: 3 * 19_900 + 2 * 19_900 + 15_000,
      would: 3 * 22_000 + 2 * 22_000 + 10_000,
      winners: 1,
      losers: 1,
      unchanged: 0,
      unpriced: 1,
    });
    expect(report?.rows.map(({ was, would }) => [was, would])).toEqual([
      [59_700, 66_000],
      [54_800, 54_000],
      [2 * 56_715, null],
    ]);
    expect(report?.distribution.reduce((sum, { tenants }) => sum + tenants, 0)).toBe(2);
    expect(report?.row_count).toBe(3);
    const csv = await linesOf(await exportReprice(operators.finance, 'professional'));
    expect(csv[0]).toBe(
      'tenant,slug,name,billing_cycle,was,would,difference,overage_was,overage_would',
    );
    expect(csv[1]).toMatch(/,monthly,59700,66000,6300,0,0$/);
    expect(csv).toHaveLength(4);
    expect(steady).not.toBe(heavy);
    await savePlanDraft(operators.admin, {
      id: 'professional',
      revision: saved.draft?.revision ?? 0,
      content,
    });
    expect(await getReprice(operators.finance, 'professional')).toMatchObject({ outdated: true });
  });

  it('is never taken for one of a draft that was begun after its own was gone', async () => {
    const id = 'enterprise';
    const { versions } = await getAdminPlan(operators.admin, id);
    const content = versions[0]?.content;
    if (!content) throw new Error('it has a version');
    const first = await savePlanDraft(operators.admin, { id, revision: 0, content });
    await askReprice(operators.admin, { id, months: 3 });
    expect(await getReprice(operators.finance, id)).toMatchObject({ outdated: false });
    const gone = await discardPlanDraft(operators.admin, { id, revision: first.draft_revision });
    expect(await getReprice(operators.finance, id)).toMatchObject({ outdated: true });
    await expect(askReprice(operators.admin, { id, months: 3 })).rejects.toMatchObject({
      code: 'no_draft',
    });
    await savePlanDraft(operators.admin, { id, revision: gone.draft_revision, content });
    expect(await getReprice(operators.finance, id)).toMatchObject({ outdated: true });
  });

  it('is revenue, which support doesn’t see; taking it away is an act, looking isn’t', async () => {
    for (const read of [getReprice, exportReprice]) {
      await expect(read(operators.support, 'professional')).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await getReprice(operators.finance, 'professional');
    await exportReprice(operators.finance, 'professional');
    const log = platformAuditQuery.parse({ limit: 100 });
    const acts = (await listPlatformAudit(operators.admin, log)).data.map(({ action }) => action);
    const ofReports = acts.filter((act) => act.startsWith('plan_reprice.'));
    expect(new Set(ofReports)).toEqual(new Set(['plan_reprice.exported']));
    const all = (await listPlatformAudit(operators.admin, { ...log, looks: 'all' })).data;
    expect(all.map(({ action }) => action)).toContain('plan_reprice.viewed');
  });

  it('prices by a published version too, whatever the draft says', async () => {
    const input = { id: 'professional', months: 6 } as const;
    await expect(askReprice(operators.admin, { ...input, version: 99 })).rejects.toMatchObject({
      kind: 'not_found',
    });
    await askReprice(operators.admin, { ...input, version: 1 });
    await runJob();
    const report = await getReprice(operators.finance, 'professional');
    // Everybody has that version: nobody would pay anything else.
    expect(report).toMatchObject({ version: 1, outdated: false, finished: true, losers: 0 });
    expect(report?.was).toBeGreaterThan(0);
    expect(report?.would).toBe(report?.was);
  });
});

describe('what was held', () => {
  const step = (at: number, status: string, subscriptionId = 's') => ({
    subscriptionId,
    at,
    status,
    planId: 'professional',
    version: 1,
    cycle: 'monthly',
  });

  it('is the charged time within the window', () => {
    const steps = [step(0, 'trialing'), step(10, 'active'), step(50, 'paused'), step(70, 'active')];
    expect(holdingsOf(steps, 'professional', { start: 20, end: 100 })).toEqual([
      {
        version: 1,
        cycle: 'monthly',
        spans: [
          { start: 20, end: 50 },
          { start: 70, end: 100 },
        ],
      },
    ]);
    expect(holdingsOf(steps, 'starter', { start: 0, end: 100 })).toEqual([]);
  });

  it('ends with its own subscription, not with another', () => {
    const steps = [
      step(10, 'active', 'a'),
      step(20, 'incomplete', 'b'),
      step(40, 'cancelled', 'a'),
    ];
    expect(holdingsOf(steps, 'professional', { start: 0, end: 100 })[0]?.spans).toEqual([
      { start: 10, end: 40 },
    ]);
  });
});

import { describe, expect, it, vi } from 'vitest';
import {
  changeSubscription,
  convergeBilling,
  getPlan,
  getSubscription,
  listPlans,
} from '@/lib/domains/billing';
import {
  createTenant,
  providerTime,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useOperators } from '@/lib/testing/operator-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { archivePlan, discardPlanDraft, getAdminPlan, publishPlanDraft, savePlanDraft } from '..';
import { planDraftForm, type PlanContent } from './schemas';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const operators = useOperators(world);

const plan = (id = 'professional') => getAdminPlan(operators.support, id);
const onSale = async (id = 'professional') => {
  const { versions, on_sale } = await plan(id);
  const live = versions.find(({ version }) => version === on_sale);
  if (!live) throw new Error(`${id} is not on sale`);
  return live.content;
};

/** Saves what is on sale, otherwise in some parts, as the plan’s draft. */
async function draft(parts: Partial<PlanContent> = {}, id = 'professional') {
  const revision = (await plan(id)).draft_revision;
  const content = { ...(await onSale(id)), ...parts };
  const saved = await savePlanDraft(operators.admin, { id, revision, content });
  if (!saved.draft) throw new Error('a draft was saved');
  return saved.draft;
}

const audited = async (action: string) =>
  (
    await world.admin.query(
      'SELECT after FROM platform_audit_event WHERE action = $1 ORDER BY id',
      [action],
    )
  ).rows;

describe('a draft', () => {
  it('is reviewed against what is on sale and against the plan below', async () => {
    const content = await onSale();
    const { review } = await draft({
      prices: { monthly: 20_000, quarterly: 57_000, annual: 250_000 },
      limits: { ...content.limits, strategies: 3 },
    });
    expect(review.changes).toEqual([
      { path: 'prices.monthly', before: 19_900, after: 20_000 },
      { path: 'prices.quarterly', before: 56_715, after: 57_000 },
      { path: 'prices.annual', before: 199_000, after: 250_000 },
      { path: 'limits.strategies', before: 25, after: 3 },
    ]);
    expect(review.faults).toEqual([]);
    expect(review.warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'prices.annual: Dearer than 12 times the monthly price.',
      'limits.strategies: Less than today. Subscribers keep what they have until they change.',
      'limits.strategies: Less than Starter gives.',
    ]);
  });

  it.each<[string, Partial<PlanContent> | ((now: PlanContent) => Partial<PlanContent>), string]>([
    [
      'a price of nothing',
      { prices: { monthly: 0, quarterly: null, annual: null } },
      'prices.monthly',
    ],
    ['a negative overage', { overage: { api_calls: -1 } }, 'overage.api_calls'],
    [
      'overage beyond no limit',
      ({ limits }) => ({ limits: { ...limits, api_calls_per_month: null } }),
      'overage.api_calls',
    ],
    [
      'a burst below the rate',
      ({ limits }) => ({ limits: { ...limits, requests_per_second: 50, burst: 10 } }),
      'limits.burst',
    ],
    ['nobody', ({ limits }) => ({ limits: { ...limits, members: 0 } }), 'limits.members'],
  ])('with %s isn’t published', async (_, parts, path) => {
    const now = await onSale();
    const { revision } = await draft(typeof parts === 'function' ? parts(now) : parts);
    await expect(
      publishPlanDraft(operators.admin, { id: 'professional', revision }),
    ).rejects.toMatchObject({ kind: 'invalid', code: 'invalid_plan', errors: [{ path }] });
    expect((await plan()).on_sale).toBe(1);
  });

  it('is saved by one of two who read the same', async () => {
    const { revision } = await draft();
    const content = await onSale();
    const save = (name: string) =>
      savePlanDraft(operators.admin, {
        id: 'professional',
        revision,
        content: { ...content, name },
      });
    const asked = await Promise.allSettled([save('One'), save('Other')]);
    const refused = asked.filter((each) => each.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(['draft_changed']);
    const late = publishPlanDraft(operators.admin, { id: 'professional', revision });
    await expect(late).rejects.toMatchObject({ kind: 'conflict', code: 'draft_changed' });
  });

  it('is saved, published and archived by admins alone', async () => {
    const { revision } = await draft();
    for (const ctx of [operators.finance, operators.support]) {
      const id = 'professional';
      const content = await onSale();
      const refused = { code: 'forbidden' };
      await expect(savePlanDraft(ctx, { id, revision, content })).rejects.toMatchObject(refused);
      await expect(discardPlanDraft(ctx, { id, revision })).rejects.toMatchObject(refused);
      await expect(publishPlanDraft(ctx, { id, revision })).rejects.toMatchObject(refused);
      await expect(archivePlan(ctx, { id, version: 1 })).rejects.toMatchObject(refused);
    }
    const unknown = savePlanDraft(operators.admin, {
      id: 'gold',
      revision: 0,
      content: await onSale(),
    });
    await expect(unknown).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('is discarded, and what is written after it isn’t taken for it', async () => {
    const id = 'professional';
    const { revision } = await draft();
    const discarded = await discardPlanDraft(operators.admin, { id, revision });
    expect(discarded).toMatchObject({ draft: null, draft_revision: revision + 1 });
    const refused = { kind: 'conflict', code: 'draft_changed' };
    for (const seen of [revision, discarded.draft_revision]) {
      const again = discardPlanDraft(operators.admin, { id, revision: seen });
      await expect(again).rejects.toMatchObject(refused);
    }
    const content = await onSale();
    const stale = savePlanDraft(operators.admin, { id, revision: 0, content });
    await expect(stale).rejects.toMatchObject(refused);
    const next = await draft({ trial_days: 3 });
    expect(next.revision).toBeGreaterThan(revision);
    const late = publishPlanDraft(operators.admin, { id, revision });
    await expect(late).rejects.toMatchObject(refused);
    expect(await plan()).toMatchObject({ on_sale: 1, draft: { revision: next.revision } });
  });

  it('is read from a form: amounts and limits as they are typed', () => {
    const typed = {
      id: 'starter',
      revision: '2',
      name: ' Starter ',
      'prices.monthly': '49',
      'prices.quarterly': '139.6',
      'prices.annual': '',
      trial_days: '14',
      ...Object.fromEntries(
        ['strategies', 'backtests_per_month', 'members', 'api_calls_per_month', 'api_keys']
          .concat('storage_bytes', 'requests_per_second', 'burst')
          .map((name) => [`limits.${name}`, name === 'strategies' ? '1,000' : '']),
      ),
      features: ['market_data', 'backtesting'],
      'overage.api_calls': '2',
    };
    expect(planDraftForm.parse(typed)).toMatchObject({
      id: 'starter',
      revision: 2,
      content: {
        name: 'Starter',
        prices: { monthly: 4_900, quarterly: 13_960, annual: null },
        limits: { strategies: 1_000, burst: null },
        features: ['backtesting', 'market_data'],
        overage: { api_calls: 200 },
      },
    });
    const wrong = planDraftForm.safeParse({ ...typed, 'prices.monthly': '-5' });
    expect(wrong.error?.issues.map(({ path }) => path.join('.'))).toEqual(['prices.monthly']);
  });
});

describe('publishing', () => {
  it('sells the new version to the next, and leaves to each what they have', async () => {
    const before = await createTenant(world, { ageDays: 40 });
    const { id } = await subscribe(before.ctx);
    const { revision } = await draft({
      prices: { monthly: 24_900, quarterly: 70_965, annual: 249_000 },
    });
    const published = await publishPlanDraft(operators.admin, { id: 'professional', revision });
    expect(published).toMatchObject({
      on_sale: 2,
      draft: null,
      versions: [
        { version: 2, retired_at: null, subscriptions: 0 },
        { version: 1, retired_at: expect.any(String), subscriptions: 1 },
      ],
    });
    expect(await getPlan(operators.support, 'professional')).toMatchObject({
      version: 2,
      prices: { monthly: { amount: 24_900 } },
    });
    const after = await createTenant(world, { ageDays: 40 });
    await subscribe(after.ctx);
    await convergeBilling(before.ctx, 'all');
    const { rows } = await world.admin.query(
      'SELECT plan_version FROM subscription WHERE tenant_id = ANY($1) ORDER BY id',
      [[before.ctx.tenantId, after.ctx.tenantId]],
    );
    expect(rows).toEqual([{ plan_version: 1 }, { plan_version: 2 }]);
    const invoices = await world.admin.query(
      'SELECT total FROM invoice WHERE tenant_id = ANY($1) ORDER BY total',
      [[before.ctx.tenantId, after.ctx.tenantId]],
    );
    expect(invoices.rows).toEqual([{ total: '19900' }, { total: '24900' }]);
    // Who has the old version may change to the one on sale.
    expect(await changeSubscription(before.ctx, id, { plan_id: 'professional' })).toMatchObject({
      plan_id: 'professional',
    });
    expect((await plan()).versions.map(({ subscriptions }) => subscriptions)).toEqual([2, 0]);
    expect(await audited('plan.published')).toEqual([
      { after: expect.objectContaining({ planId: 'professional', version: 2 }) },
    ]);
  });

  it('is refused where nothing is other than on sale, and once only', async () => {
    const { revision } = await draft();
    await expect(
      publishPlanDraft(operators.admin, { id: 'professional', revision }),
    ).rejects.toMatchObject({ code: 'no_change' });
    const next = await draft({ name: 'Professional Plus' });
    const publish = () =>
      publishPlanDraft(operators.admin, { id: 'professional', revision: next.revision });
    const asked = await Promise.allSettled([publish(), publish()]);
    const refused = asked.filter((each) => each.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(['draft_changed']);
    expect((await plan()).on_sale).toBe(3);
  });

  it('sells nothing while a gateway is away, and keeps the draft', async () => {
    const { revision } = await draft({ trial_days: 21 });
    const trouble = world.trouble({ path: '/v1/prices', when: 'before', times: 99 });
    const away = publishPlanDraft(operators.admin, { id: 'professional', revision });
    await expect(away).rejects.toMatchObject({ kind: 'unavailable' });
    trouble.times = 0;
    expect(await plan()).toMatchObject({ on_sale: 3, draft: { revision } });
    const published = await publishPlanDraft(operators.admin, { id: 'professional', revision });
    expect(published.on_sale).toBe(4);
  });

  it('can’t be undone or changed: the database keeps versions as they are', async () => {
    const change = world.admin.query(
      `UPDATE plan_version SET prices = '{}' WHERE plan_id = 'professional' AND version = 4`,
    );
    await expect(change).rejects.toThrow(/is published/);
    const again = world.admin.query(
      `UPDATE plan_version SET retired_at = NULL WHERE plan_id = 'professional' AND version = 1`,
    );
    await expect(again).rejects.toThrow(/is published/);
    const gone = world.admin.query(`DELETE FROM plan_version WHERE plan_id = 'institutional'`);
    await expect(gone).rejects.toThrow(/is published/);
  });
});

describe('archiving', () => {
  it('of the plan that everybody tries is refused', async () => {
    await expect(archivePlan(operators.admin, { id: 'starter', version: 1 })).rejects.toMatchObject(
      {
        code: 'trial_plan',
      },
    );
  });

  it('in mid-change lets the change that waits come true', async () => {
    const { ctx } = await createTenant(world, { ageDays: 40 });
    const { id } = await subscribe(ctx);
    await changeSubscription(ctx, id, { plan_id: 'enterprise', when: 'period_end' });
    const archived = await archivePlan(operators.admin, { id: 'enterprise', version: 1 });
    expect(archived).toMatchObject({ on_sale: null, versions: [{ waiting: 1 }] });
    expect((await listPlans(operators.support)).map((each) => each.id)).not.toContain('enterprise');
    const other = await createTenant(world, { ageDays: 40 });
    const theirs = await subscribe(other.ctx);
    await expect(
      changeSubscription(other.ctx, theirs.id, { plan_id: 'enterprise' }),
    ).rejects.toMatchObject({ kind: 'invalid', errors: [{ code: 'unknown_plan' }] });
    const twice = archivePlan(operators.admin, { id: 'enterprise', version: 1 });
    await expect(twice).rejects.toMatchObject({ kind: 'conflict', code: 'not_on_sale' });

    await providerTime(world, 32);
    await convergeBilling(ctx, 'all');
    expect(await getSubscription(ctx, id)).toMatchObject({
      plan_id: 'enterprise',
      waiting_change: null,
    });
    expect(await plan('enterprise')).toMatchObject({
      versions: [{ subscriptions: 1, waiting: 0 }],
    });
    const rights = await world.admin.query('SELECT plan_id FROM entitlement WHERE tenant_id = $1', [
      ctx.tenantId,
    ]);
    expect(rights.rows).toEqual([{ plan_id: 'enterprise' }]);
  });

  it('ends when a new version is published', async () => {
    const latest = (await plan('enterprise')).versions[0];
    if (!latest) throw new Error('there is a version');
    const saved = await savePlanDraft(operators.admin, {
      id: 'enterprise',
      revision: 0,
      content: latest.content,
    });
    const revision = saved.draft?.revision ?? 0;
    expect(await publishPlanDraft(operators.admin, { id: 'enterprise', revision })).toMatchObject({
      on_sale: 2,
    });
    expect((await listPlans(operators.support)).map((each) => each.id)).toContain('enterprise');
  });
});

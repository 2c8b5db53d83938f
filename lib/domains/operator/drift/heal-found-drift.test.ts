import { beforeEach, describe, expect, it, vi } from 'vitest';
import { changeSubscription, convergeBilling } from '@/lib/domains/billing';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useOperators } from '@/lib/testing/operator-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { adminDriftQuery, getStats, healFoundDrift, listDrift } from '..';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const operators = useOperators(world);
let ctx: Ctx;
let slug: string;
let id: string;

beforeEach(async () => {
  ({ ctx, slug } = await createTenant(world, { ageDays: 40 }));
  id = (await subscribe(ctx)).id;
});

const listed = async (query: Record<string, string> = {}) =>
  (await listDrift(operators.support, adminDriftQuery.parse({ search: slug, ...query }))).data;
const providerId = async () =>
  (
    await world.admin.query<{ provider_id: string }>(
      'SELECT provider_id FROM subscription WHERE tenant_id = $1',
      [ctx.tenantId],
    )
  ).rows[0]?.provider_id ?? '';
const cancelThere = async (ends = true) => {
  await stripe().subscriptions.update(await providerId(), { cancel_at_period_end: ends });
  await convergeBilling(ctx);
};
const heal = async (cure: 'push_ours' | 'take_theirs', as = operators.finance) => {
  const [first] = await listed();
  return healFoundDrift(as, { id: first?.id ?? '', cure });
};
const platformActs = async () =>
  (
    await world.admin.query<{ action: string }>(
      'SELECT action FROM platform_audit_event WHERE about_tenant_id = $1 ORDER BY id',
      [ctx.tenantId],
    )
  ).rows.map(({ action }) => action);

describe('drift of subscriptions', () => {
  it('is none where both sides say the same', async () => {
    expect(await listed()).toEqual([]);
  });

  it('is listed with both sides, counted, and goes when it is gone', async () => {
    await cancelThere();
    expect(await listed({ kind: 'subscription' })).toEqual([
      expect.objectContaining({
        kind: 'subscription',
        subscription_id: id,
        gateway: 'stripe',
        differences: [{ field: 'end', about: null, ours: 'none', theirs: 'period_end' }],
      }),
    ]);
    expect(await listed({ kind: 'invoice' })).toEqual([]);
    expect((await getStats(operators.support)).drift).toBe(1);
    const [first] = await listed();
    await convergeBilling(ctx);
    expect((await listed())[0]?.id).toBe(first?.id);
    await cancelThere(false);
    expect(await listed()).toEqual([]);
    expect((await getStats(operators.support)).drift).toBe(0);
  });

  it.each(['push_ours', 'take_theirs'] as const)(
    'is healed by %s, audited at both sides',
    async (cure) => {
      await cancelThere();
      await heal(cure);
      expect(await listed()).toEqual([]);
      const live = await stripe().subscriptions.retrieve(await providerId());
      expect(live.cancel_at_period_end).toBe(cure === 'take_theirs');
      const [ours, theirs] =
        cure === 'push_ours'
          ? ['drift.push_asked', 'subscription.drift_pushed']
          : ['drift.taking_asked', 'subscription.drift_taken'];
      expect(await platformActs()).toEqual([ours]);
      expect(await auditActions(world, ctx)).toContain(theirs);
      const { rows } = await world.admin.query(
        `SELECT actor->>'kind' AS kind FROM audit_event WHERE tenant_id = $1 AND action = $2`,
        [ctx.tenantId, theirs],
      );
      expect(rows).toEqual([{ kind: 'operator' }]);
    },
  );

  it('is healed once by ten at a time', async () => {
    await cancelThere();
    const [first] = await listed();
    const asked = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        healFoundDrift(operators.finance, { id: first?.id ?? '', cure: 'push_ours' }),
      ),
    );
    const refused = asked.filter((each) => each.status === 'rejected');
    expect(asked.length - refused.length).toBe(1);
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ kind: 'conflict' });
      expect(reason.code).toMatch(/^(drift_changed|no_drift)$/);
    }
    const acts = await auditActions(world, ctx);
    expect(acts.filter((act) => act === 'subscription.drift_pushed')).toHaveLength(1);
    expect(await listed()).toEqual([]);
  });

  it('that became another isn’t healed as the one that was seen', async () => {
    await cancelThere();
    const [seen] = await listed();
    await stripe().subscriptions.cancel(await providerId());
    const late = healFoundDrift(operators.finance, { id: seen?.id ?? '', cure: 'push_ours' });
    await expect(late).rejects.toMatchObject({ kind: 'conflict' });
    expect(await auditActions(world, ctx)).not.toContain('subscription.drift_pushed');
  });

  it('is healed by those who move money alone', async () => {
    await cancelThere();
    await expect(heal('push_ours', operators.support)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await listed()).toHaveLength(1);
    const unknown = healFoundDrift(operators.finance, { id: 'drf_x', cure: 'push_ours' });
    await expect(unknown).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('drift of invoices', () => {
  /** The provider’s invoice as if another amount had been written here: final rows change past the trigger alone. */
  const changeHere = async (total: number) => {
    await world.admin.query('ALTER TABLE invoice DISABLE TRIGGER keep_invoice');
    await world.admin.query('UPDATE invoice SET subtotal = $2, total = $2 WHERE tenant_id = $1', [
      ctx.tenantId,
      total,
    ]);
    await world.admin.query('ALTER TABLE invoice ENABLE TRIGGER keep_invoice');
    await convergeBilling(ctx, 'all');
  };

  it('is what is final here and otherwise there; it is accepted, until it is another', async () => {
    await changeHere(10_000);
    expect(await listed()).toEqual([
      expect.objectContaining({
        kind: 'invoice',
        invoice: expect.objectContaining({ number: expect.stringMatching(/^NZ-/) }),
        differences: [
          { field: 'subtotal', about: null, ours: 10_000, theirs: 19_900 },
          { field: 'total', about: null, ours: 10_000, theirs: 19_900 },
        ],
      }),
    ]);
    await expect(heal('push_ours')).rejects.toMatchObject({ code: 'invoice_final' });
    await heal('take_theirs');
    expect(await listed()).toEqual([]);
    expect(await auditActions(world, ctx)).toContain('invoice.drift_accepted');
    await convergeBilling(ctx, 'all');
    expect(await listed()).toEqual([]);
    await changeHere(10_001);
    expect(await listed()).toHaveLength(1);
    await changeHere(19_900);
    expect(await listed()).toEqual([]);
  });

  it('isn’t what a change charges by the rules, but what no price gives', async () => {
    await changeSubscription(ctx, id, { plan_id: 'enterprise' });
    await convergeBilling(ctx, 'all');
    expect(await listed()).toEqual([]);
    const live = await stripe().subscriptions.retrieve(await providerId());
    const [item] = live.items.data;
    const odd = await stripe().prices.create({
      product: item?.price.product as string,
      currency: 'usd',
      unit_amount: 123_457,
      recurring: { interval: 'month' },
      metadata: { plan_id: 'enterprise', plan_version: '1', billing_cycle: 'monthly' },
    });
    await stripe().subscriptions.update(live.id, {
      proration_behavior: 'always_invoice',
      items: [{ id: item?.id ?? '', price: odd.id }],
    });
    await convergeBilling(ctx, 'all');
    const [found] = await listed();
    expect(found).toMatchObject({ kind: 'invoice', differences: [{ field: 'line' }] });
    expect(found?.differences[0]?.theirs).not.toBe(found?.differences[0]?.ours);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getEntitlements } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  type NewTenant,
  pay,
  passDays,
  useBillingWorld,
  subscribe,
  subscriptionAtStripe,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  cancelSubscription,
  changeSubscription,
  createSubscription,
  findDrift,
  getOverview,
  getSubscription,
  listInvoices,
  previewChange,
  refreshCheckout,
  resumeSubscription,
  withdrawChange,
} from '.';
import { createSubscriptionInput } from './schemas';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let tenant: NewTenant;
let ctx: Ctx;
let id: string;

beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
  id = (await subscribe(ctx)).id;
});

const rights = () => withTenant(ctx, (tx) => getEntitlements(tx, ctx));
const atStripe = () => subscriptionAtStripe(world, ctx);
const later = (days: number) => passDays(world, ctx, days);
const totals = async () =>
  (await listInvoices(ctx, { limit: 10 })).data.map(({ total }) => total.amount);
const toStarter = { plan_id: 'starter', when: 'period_end' } as const;

describe('a change at the end of the period', () => {
  it('costs nothing now, and is what the renewal is made of, as the preview said', async () => {
    const preview = await previewChange(ctx, id, toStarter);
    expect(preview).toMatchObject({ due_now: { amount: 0 }, lines: [] });
    const changed = await changeSubscription(ctx, id, toStarter);
    expect(changed).toMatchObject({
      plan_id: 'professional',
      being_changed: false,
      waiting_change: {
        plan_id: 'starter',
        billing_cycle: 'monthly',
        at: changed.current_period_end,
      },
    });
    expect(preview.next_invoice?.at).toBe(changed.current_period_end);
    expect((await getOverview(ctx)).next_payment).toMatchObject(preview.next_invoice ?? {});
    expect(await rights()).toMatchObject({ planId: 'professional' });
    expect(await findDrift(ctx, id)).toEqual([]);
    await later(32);
    expect(await getSubscription(ctx, id)).toMatchObject({
      plan_id: 'starter',
      waiting_change: null,
      status: 'active',
    });
    expect(await rights()).toMatchObject({ planId: 'starter' });
    expect(await totals()).toEqual([preview.next_invoice?.total.amount, 19_900]);
    expect(await findDrift(ctx, id)).toEqual([]);
    expect((await getOverview(ctx)).next_payment?.total.amount).toBe(4_900);
  });

  it('to another cycle begins the new period at the boundary', async () => {
    const change = { billing_cycle: 'annual', when: 'period_end' } as const;
    const preview = await previewChange(ctx, id, change);
    await changeSubscription(ctx, id, change);
    const before = await getSubscription(ctx, id);
    await later(32);
    const after = await getSubscription(ctx, id);
    expect(after).toMatchObject({
      billing_cycle: 'annual',
      current_period_start: before.current_period_end,
    });
    expect(await totals()).toEqual([preview.next_invoice?.total.amount, 19_900]);
  });

  it('takes the place of one that waits, and is gone when a change now is made', async () => {
    await changeSubscription(ctx, id, toStarter);
    await expect(changeSubscription(ctx, id, toStarter)).rejects.toMatchObject({
      code: 'no_change',
    });
    const other = {
      plan_id: 'enterprise',
      billing_cycle: 'quarterly',
      when: 'period_end',
    } as const;
    expect(await changeSubscription(ctx, id, other)).toMatchObject({
      waiting_change: { plan_id: 'enterprise', billing_cycle: 'quarterly' },
    });
    expect(await findDrift(ctx, id)).toEqual([]);
    const now = await changeSubscription(ctx, id, { plan_id: 'enterprise' });
    expect(now).toMatchObject({ plan_id: 'enterprise', waiting_change: null });
    expect((await atStripe()).schedule).toBeNull();
    expect(await findDrift(ctx, id)).toEqual([]);
  });

  it('can be withdrawn, by itself or by asking for what there is', async () => {
    await changeSubscription(ctx, id, toStarter);
    expect(await withdrawChange(ctx, id)).toMatchObject({ waiting_change: null });
    expect((await atStripe()).schedule).toBeNull();
    await expect(withdrawChange(ctx, id)).rejects.toMatchObject({ code: 'nothing_waiting' });
    await changeSubscription(ctx, id, toStarter);
    const back = { plan_id: 'professional', when: 'period_end' } as const;
    expect(await changeSubscription(ctx, id, back)).toMatchObject({ waiting_change: null });
    await later(32);
    expect(await totals()).toEqual([19_900, 19_900]);
    expect(await auditActions(world, ctx)).toContain('subscription.change_withdrawn');
  });

  it('outlives a cancellation that is taken back, and not one that isn’t', async () => {
    await changeSubscription(ctx, id, toStarter);
    const ending = await cancelSubscription(ctx, id, { when: 'period_end' });
    expect(ending.cancel_at).toBe(ending.current_period_end);
    expect((await atStripe()).schedule).toBeNull();
    expect(await findDrift(ctx, id)).toEqual([]);
    const kept = await resumeSubscription(ctx, id);
    expect(kept).toMatchObject({ cancel_at: null, waiting_change: { plan_id: 'starter' } });
    expect((await atStripe()).schedule).not.toBeNull();
    await cancelSubscription(ctx, id, { when: 'period_end', reason: 'done' });
    await later(32);
    expect(await getSubscription(ctx, id)).toMatchObject({
      status: 'cancelled',
      waiting_change: null,
    });
    expect(await totals()).toEqual([19_900]);
  });

  it('in a trial begins with the first paid period', async () => {
    const now = () => new Date(Date.now() + world.daysAhead * 86_400_000);
    tenant = await createTenant(world, { ageDays: -world.daysAhead });
    ctx = { ...tenant.ctx, clock: { now } };
    const wish = { plan_id: 'professional', billing_cycle: 'monthly' };
    const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
    await pay(made.checkout_url);
    await refreshCheckout(ctx);
    const changed = await changeSubscription(ctx, made.id, toStarter);
    expect(changed).toMatchObject({ status: 'trialing', plan_id: 'professional' });
    expect(changed.waiting_change?.at).toBe(made.trial_ends_at);
    await later(20);
    expect(await getSubscription(ctx, made.id)).toMatchObject({
      status: 'active',
      plan_id: 'starter',
    });
    expect(await totals()).toEqual([4_900, 0]);
  });

  it('is refused to whom it isn’t allowed, and to strangers', async () => {
    for (const attempt of [changeSubscription, previewChange]) {
      await expect(attempt(tenant.as('trader'), id, toStarter)).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await expect(withdrawChange(tenant.as('viewer'), id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const stranger = await createTenant(world);
    await expect(withdrawChange(stranger.ctx, id)).rejects.toMatchObject({ kind: 'not_found' });
  });
});

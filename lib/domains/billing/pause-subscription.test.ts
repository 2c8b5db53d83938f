import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getEntitlements } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  type NewTenant,
  useBillingWorld,
  subscribe,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  cancelSubscription,
  changeSubscription,
  findDrift,
  getBillingNotice,
  getOverview,
  getSubscription,
  listInvoices,
  pauseSubscription,
  resumeSubscription,
} from '.';
import { pushInBackground } from './push-wish';

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
const one = async (text: string) => (await world.admin.query(text, [ctx.tenantId])).rows[0];

describe('a pause', () => {
  it('rests rights and payments, forgets what waits, and ends with a period of its own', async () => {
    await changeSubscription(ctx, id, { plan_id: 'starter', when: 'period_end' });
    const paused = await pauseSubscription(ctx, id);
    expect(paused).toMatchObject({ status: 'paused', waiting_change: null, being_changed: false });
    expect(await rights()).toMatchObject({ source: 'none' });
    expect(await one('SELECT status FROM tenant WHERE id = $1')).toEqual({ status: 'cancelled' });
    expect(await getBillingNotice(ctx)).toEqual({ kind: 'paused', ends_at: null });
    expect((await getOverview(ctx)).next_payment).toBeNull();
    expect(await findDrift(ctx, id)).toEqual([]);
    const resumed = await resumeSubscription(ctx, id);
    expect(resumed).toMatchObject({ status: 'active', plan_id: 'professional' });
    expect(await rights()).toMatchObject({ planId: 'professional', source: 'subscription' });
    const [newest] = (await listInvoices(ctx, { limit: 1 })).data;
    expect(newest?.lines.map(({ amount }) => Math.sign(amount.amount))).toEqual([-1, 1]);
    expect(await auditActions(world, ctx)).toEqual(
      expect.arrayContaining(['subscription.pause_requested', 'subscription.resume_requested']),
    );
  });

  it('forgets an end that waits, and can be ended itself', async () => {
    await cancelSubscription(ctx, id, { when: 'period_end', reason: 'a while' });
    expect(await pauseSubscription(ctx, id)).toMatchObject({ status: 'paused', cancel_at: null });
    await expect(cancelSubscription(ctx, id, { when: 'period_end' })).rejects.toMatchObject({
      code: 'subscription_paused',
    });
    expect(await cancelSubscription(ctx, id, { when: 'now' })).toMatchObject({
      status: 'cancelled',
    });
  });

  it('goes on after its answer was lost, once', async () => {
    world.trouble({ path: '/v1/subscriptions', when: 'after', times: 3, writes: true });
    expect(await pauseSubscription(ctx, id)).toMatchObject({ being_changed: true });
    const own = (await one('SELECT id FROM subscription WHERE tenant_id = $1')).id;
    await pushInBackground(ctx, own);
    expect(await getSubscription(ctx, id)).toMatchObject({
      status: 'paused',
      being_changed: false,
    });
  });

  it('is refused while it rests, to whom it isn’t allowed, and to strangers', async () => {
    await expect(pauseSubscription(tenant.as('trader'), id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const stranger = await createTenant(world);
    await expect(pauseSubscription(stranger.ctx, id)).rejects.toMatchObject({ kind: 'not_found' });
    await pauseSubscription(ctx, id);
    await expect(pauseSubscription(ctx, id)).rejects.toMatchObject({ code: 'subscription_paused' });
    await expect(changeSubscription(ctx, id, { plan_id: 'enterprise' })).rejects.toMatchObject({
      code: 'subscription_paused',
    });
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getEntitlements } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { auditActions, createTenant, pay, useBillingWorld } from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  createSubscription,
  getSubscription,
  listSubscriptions,
  refreshCheckout,
  renewCardPage,
} from '.';
import { provisionSubscription } from './provision-subscription';
import { createSubscriptionInput } from './schemas';

// Each test is a score of calls over the network and as many transactions.
vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const DAY = 86_400_000;
let ctx: Ctx;
let as: Awaited<ReturnType<typeof createTenant>>['as'];

beforeEach(async () => {
  ({ ctx, as } = await createTenant(world));
});

const start = (wish: object, by: Ctx = ctx) =>
  createSubscription(
    by,
    createSubscriptionInput.parse({ plan_id: 'professional', billing_cycle: 'monthly', ...wish }),
  );
const rights = () => withTenant(ctx, (tx) => getEntitlements(tx, ctx));
const rowsOf = async () =>
  (
    await world.admin.query(
      'SELECT id, status, cancel_reason FROM subscription WHERE tenant_id = $1 ORDER BY id',
      [ctx.tenantId],
    )
  ).rows;

describe('with trial days', () => {
  it('is trialing at once, with a page that takes the card for later', async () => {
    const made = await start({ trial_days: 14 });
    expect(made).toMatchObject({
      status: 'trialing',
      plan_id: 'professional',
      billing_cycle: 'monthly',
      gateway: 'stripe',
      cancel_at: null,
    });
    expect(made.checkout_url).toContain('/checkout/');
    const left = Date.parse(made.trial_ends_at ?? '') - Date.now();
    expect(Math.round(left / DAY)).toBe(14);
    expect(await rights()).toMatchObject({ planId: 'professional', source: 'subscription' });
    expect(await auditActions(world, ctx)).toEqual(
      expect.arrayContaining([
        'subscription.created',
        'subscription.trial_started',
        'entitlement.changed',
      ]),
    );
  });

  it('keeps the card that is entered, and then asks for none', async () => {
    const made = await start({});
    expect(await pay(made.checkout_url)).toBe(303);
    const after = await refreshCheckout(ctx);
    expect(after).toMatchObject({ status: 'trialing', checkout_url: null });
    const { rows } = await world.admin.query('SELECT card FROM subscription WHERE tenant_id = $1', [
      ctx.tenantId,
    ]);
    expect(rows).toMatchObject([{ card: { brand: 'visa', last4: '4242' } }]);
  });

  it('gives a new page for the card when the old one has gone', async () => {
    const made = await start({});
    await world.admin.query(
      `UPDATE subscription SET checkout_expires_at = now() - interval '1 minute' WHERE tenant_id = $1`,
      [ctx.tenantId],
    );
    expect(await getSubscription(ctx, made.id)).toMatchObject({ checkout_url: null });
    const again = await renewCardPage(ctx, made.id);
    expect(again.checkout_url).not.toBe(made.checkout_url);
    expect(again.checkout_url).toContain('/checkout/');
    expect(await renewCardPage(ctx, made.id)).toEqual(again);
    await expect(renewCardPage(as('viewer'), made.id)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await pay(again.checkout_url)).toBe(303);
    await refreshCheckout(ctx);
    expect((await renewCardPage(ctx, made.id)).checkout_url).not.toBe(again.checkout_url);
  });

  it('uses what is left when none are named, and refuses more', async () => {
    ({ ctx, as } = await createTenant(world, { ageDays: 4 }));
    await expect(start({ trial_days: 11 })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'trial_too_long',
      errors: [{ path: 'trial_days' }],
    });
    const made = await start({});
    const left = Date.parse(made.trial_ends_at ?? '') - Date.now();
    expect(Math.round(left / DAY)).toBe(10);
  });

  it('has none left after the trial: it is to be paid', async () => {
    ({ ctx, as } = await createTenant(world, { ageDays: 20 }));
    const made = await start({});
    expect(made).toMatchObject({ status: 'incomplete', trial_ends_at: null });
    const enterprise = await start({ plan_id: 'enterprise' });
    expect(enterprise.status).toBe('trialing');
    const left = Date.parse(enterprise.trial_ends_at ?? '') - Date.now();
    expect(Math.round(left / DAY)).toBe(16);
  });
});

describe('to be paid from today', () => {
  it('is incomplete and gives nothing until the page is paid', async () => {
    const made = await start({ trial_days: 0 });
    expect(made).toMatchObject({ status: 'incomplete', trial_ends_at: null });
    expect(await rights()).toMatchObject({ planId: 'starter', source: 'trial' });
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'incomplete' });
    expect(await pay(made.checkout_url, '4000 0000 0000 0002')).toBe(402);
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'incomplete' });
    expect(await rights()).toMatchObject({ planId: 'starter', source: 'trial' });
    expect(await pay(made.checkout_url)).toBe(303);
    const paid = await refreshCheckout(ctx);
    expect(paid).toMatchObject({ id: made.id, status: 'active', checkout_url: null });
    expect(await rights()).toMatchObject({ planId: 'professional', source: 'subscription' });
    const { rows } = await world.admin.query(
      'SELECT status, total, amount_paid FROM invoice WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    expect(rows).toEqual([{ status: 'paid', total: '19900', amount_paid: '19900' }]);
    const actions = await auditActions(world, ctx);
    expect(actions.filter((action) => action === 'subscription.activated')).toHaveLength(1);
    expect(actions).toContain('invoice.paid');
    expect(actions).toContain('tenant.status_changed');
  });

  it('asked for again, gives the page that is open', async () => {
    const made = await start({ trial_days: 0 });
    const again = await start({ trial_days: 0 });
    expect(again).toEqual(made);
    expect(await rowsOf()).toHaveLength(1);
  });

  it('asked for another plan, closes the page that was open', async () => {
    const made = await start({ trial_days: 0 });
    const other = await start({ trial_days: 0, plan_id: 'starter', billing_cycle: 'annual' });
    expect(other.id).not.toBe(made.id);
    expect(other).toMatchObject({ status: 'incomplete', plan_id: 'starter' });
    expect(await pay(made.checkout_url)).toBe(410);
    expect(await pay(other.checkout_url)).toBe(303);
    expect(await refreshCheckout(ctx)).toMatchObject({ id: other.id, status: 'active' });
    expect(await rowsOf()).toMatchObject([
      { status: 'cancelled', cancel_reason: 'superseded' },
      { status: 'active' },
    ]);
  });

  it('is not replaced when it was paid meanwhile', async () => {
    const made = await start({ trial_days: 0 });
    await pay(made.checkout_url);
    await expect(start({ trial_days: 0, plan_id: 'starter' })).rejects.toMatchObject({
      code: 'subscription_exists',
    });
    expect(await getSubscription(ctx, made.id)).toMatchObject({ status: 'active' });
  });
});

describe('only one lives', () => {
  it('refuses a second', async () => {
    const made = await start({});
    await expect(start({ plan_id: 'enterprise' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'subscription_exists',
      extra: { subscription_id: made.id },
    });
  });

  it('of many at once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => start({})));
    const made = results.filter((result) => result.status === 'fulfilled');
    expect(new Set(made.map((result) => result.value.id)).size).toBe(1);
    const codes = results
      .filter((result) => result.status === 'rejected')
      .map((result) => (result.reason as { code?: string }).code ?? String(result.reason));
    expect(codes.filter((code) => code !== 'subscription_exists')).toEqual([]);
    expect(await rowsOf()).toMatchObject([{ status: 'trialing' }]);
  });

  it('of two checkouts at once, and who lost is told of a checkout, not of a plan that runs', async () => {
    const asked = (['starter', 'professional', 'enterprise'] as const).flatMap((plan_id) =>
      (['monthly', 'annual'] as const).map((billing_cycle) => ({ plan_id, billing_cycle })),
    );
    const results = await Promise.allSettled(
      asked.map((terms) => start({ ...terms, trial_days: 0 })),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).not.toEqual([]);
    for (const { reason } of lost) {
      expect(reason).toMatchObject({ code: 'subscription_exists' });
      expect((reason as Error).message).toMatch(/Another checkout was opened in the same moment/);
    }
    const open = (await rowsOf()).filter(({ status }) => status === 'incomplete');
    expect(open).toHaveLength(1);
    const again = await start({ plan_id: 'enterprise', trial_days: 0 });
    expect(again).toMatchObject({ status: 'incomplete', plan_id: 'enterprise' });
    expect(await pay(again.checkout_url)).toBe(303);
    expect(await refreshCheckout(ctx)).toMatchObject({ id: again.id, status: 'active' });
  });
});

describe('refusals', () => {
  it.each([
    [{ plan_id: 'institutional' }, 'quote_required', 'plan_id'],
    [{ trial_days: 15 }, 'trial_too_long', 'trial_days'],
    [{ gateway: 'paypal' }, 'gateway_unavailable', 'gateway'],
    [{ coupon: 'NOSUCHCODE' }, 'coupon_invalid', 'coupon'],
    [{ success_url: 'javascript:alert(1)' }, 'url_not_allowed', 'success_url'],
    [{ success_url: 'http://elsewhere.example/' }, 'url_not_allowed', 'success_url'],
    [{ cancel_url: 'https://user:word@elsewhere.example/' }, 'url_not_allowed', 'cancel_url'],
    [{ cancel_url: 'http://localhost:1/' }, 'url_not_allowed', 'cancel_url'],
  ])('%j is %s', async (wish, code, path) => {
    await expect(start(wish)).rejects.toMatchObject({ kind: 'invalid', code, errors: [{ path }] });
    expect(await rowsOf()).toEqual([]);
  });

  it('takes return addresses on its own hosts and on https', async () => {
    const made = await start({
      trial_days: 0,
      success_url: 'http://acme.localhost:8080/billing?done=1',
      cancel_url: 'https://elsewhere.example/cancelled',
    });
    expect(made.status).toBe('incomplete');
  });

  it('asks for the right to buy', async () => {
    await expect(start({}, as('viewer'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(start({}, as('trader'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(start({}, as('billing'))).resolves.toMatchObject({ status: 'trialing' });
  });

  it('lets a set-up token create the first one only', async () => {
    const setup: Ctx = { ...ctx, actor: { kind: 'setup', codeId: ctx.tenantId } };
    const first = await start({ trial_days: 0 }, setup);
    expect(first.status).toBe('incomplete');
    await start({ trial_days: 0, plan_id: 'starter' });
    await expect(start({ plan_id: 'enterprise' }, setup)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('shows none of it to another tenant', async () => {
    const made = await start({});
    const stranger = await createTenant(world);
    await expect(getSubscription(stranger.ctx, made.id)).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect(await listSubscriptions(stranger.ctx, { limit: 10 })).toEqual({
      data: [],
      next_cursor: null,
    });
  });
});

describe('trouble at the provider', () => {
  it('leaves a wish that a job fulfils', async () => {
    world.trouble({ path: '/v1/customers', when: 'before', times: 3 });
    await expect(start({})).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'payment_provider_unavailable',
    });
    const [row] = await rowsOf();
    expect(row).toMatchObject({ status: 'incomplete' });
    const jobs = await world.admin.query(
      `SELECT task_identifier FROM graphile_worker.jobs WHERE key = $1`,
      [`provision:${row.id}`],
    );
    expect(jobs.rows).toEqual([{ task_identifier: 'billing.provision' }]);
    await provisionSubscription({ ...ctx, actor: { kind: 'job', name: 'test' } }, row.id);
    expect(await rowsOf()).toMatchObject([{ id: row.id, status: 'trialing' }]);
  });

  it('makes nothing twice when only the answer was lost', async () => {
    world.trouble({ path: '/v1/subscriptions', when: 'after', times: 3 });
    await expect(start({})).rejects.toMatchObject({ code: 'payment_provider_unavailable' });
    const again = await start({});
    expect(again.status).toBe('trialing');
    const { rows } = await world.admin.query(
      'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    expect(rows).toHaveLength(1);
    expect(await rowsOf()).toHaveLength(1);
  });
});

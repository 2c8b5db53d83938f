import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getEntitlements } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { parsePublicId } from '@/lib/kernel/ids';
import { createTenant, providerTime, useBillingWorld } from '@/lib/testing/billing-world';
import {
  answerPage,
  askByPayPal,
  later,
  subscribeByPayPal,
  usePayPalWorld,
} from '@/lib/testing/paypal-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { linkOf } from '@/sandbox/paypal/testing';
import {
  cancelSubscription,
  changeSubscription,
  convergeBilling,
  explainInvoice,
  findDrift,
  getInvoice,
  getInvoicePdf,
  getOverage,
  getOverview,
  getSubscription,
  healDrift,
  listInvoices,
  pauseSubscription,
  previewChange,
  reactivateSubscription,
  refreshCheckout,
  renewCardPage,
  resumeSubscription,
  setOverage,
} from '../..';
import { pushWish } from '../../push-wish';
import { syncCatalogue } from '../../sync-catalogue';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);
const PRICE = 19_900;
let ctx: Ctx;

const rights = async (of: Ctx) => (await withTenant(of, (tx) => getEntitlements(tx, of))).source;

const invoicesOf = async (of: Ctx) => (await listInvoices(of, { limit: 100 })).data;

/** What PayPal has of the subscription. */
async function there(id: string): Promise<Record<string, unknown>> {
  const { rows } = await world.admin.query<{ provider_id: string }>(
    'SELECT provider_id FROM subscription WHERE tenant_id = $1 AND id = $2',
    [ctx.tenantId, ownId(id)],
  );
  const { body } = await payPal.client.get(`/v1/billing/subscriptions/${rows[0]?.provider_id}`);
  return body;
}

const ownId = (id: string) => parsePublicId('subscription', id) ?? '';

/** The sandbox's clock goes forward only: each test begins where the one before ended. */
let today = 0;

/** Lets so many days pass for both sides. */
async function pass(days: number): Promise<Ctx> {
  today += days;
  await providerTime(world, today);
  return later(ctx, days);
}

beforeEach(async () => {
  ({ ctx } = await createTenant(world, { ageDays: -today }));
  ctx = later(ctx, today);
});

async function payerPays(id: string, pays: boolean): Promise<void> {
  await payPal.happen('PUT', `subscriptions/${String((await there(id))['id'])}/payer`, { pays });
}

describe('going on', () => {
  it('begins a trial once the payer agreed, charges at its end, and wants no card', async () => {
    const made = await askByPayPal(ctx, 14);
    expect(made.status).toBe('incomplete');
    await answerPage(payPal, made.checkout_url);
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'trialing', checkout_url: null });
    await expect(renewCardPage(ctx, made.id)).rejects.toMatchObject({ code: 'gateway_cannot' });
    expect(await invoicesOf(ctx)).toMatchObject([
      { total: { amount: 0 }, lines: [{ kind: 'trial' }] },
    ]);
    expect((await getOverview(ctx)).next_payment?.total.amount).toBe(PRICE);
    const then = await pass(15);
    await convergeBilling(then);
    expect(await getSubscription(then, made.id)).toMatchObject({ status: 'active' });
    const [paid, trial] = await invoicesOf(then);
    expect(paid).toMatchObject({ total: { amount: PRICE }, lines: [{ kind: 'period' }] });
    expect(trial?.total.amount).toBe(0);
  });

  it('invoices each renewal once, with the same numbers however often it looks', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    const then = await pass(70);
    await convergeBilling(then, 'all');
    const before = await invoicesOf(then);
    expect(before.map(({ total }) => total.amount)).toEqual([PRICE, PRICE, PRICE]);
    const periods = before.map(({ period_start }) => period_start);
    expect(new Set(periods).size).toBe(3);
    expect(await convergeBilling(then, 'all')).toEqual({ changed: false });
    expect(await invoicesOf(then)).toEqual(before);
    expect(await findDrift(then, made.id)).toEqual([]);
  });

  it('prints and explains an invoice of PayPal’s', async () => {
    await subscribeByPayPal(payPal, ctx);
    const [invoice] = await invoicesOf(ctx);
    const id = invoice?.id ?? '';
    expect(await getInvoice(ctx, id)).toEqual(invoice);
    const pdf = await getInvoicePdf(ctx, id, 'a4');
    expect(
      Buffer.from(await pdf.print())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const explained = await explainInvoice(ctx, id);
    expect(explained.lines).toHaveLength(1);
  });

  it('is past due when a payment fails, and active by the next that catches up on it', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    await payerPays(made.id, false);
    ctx = await pass(32);
    await convergeBilling(ctx);
    const overdue = await getSubscription(ctx, made.id);
    // Since PayPal tried it first, and not since it was heard of.
    expect(overdue).toMatchObject({
      status: 'past_due',
      dunning: { since: made.current_period_end },
    });
    expect(await invoicesOf(ctx)).toHaveLength(1);
    await payerPays(made.id, true);
    ctx = await pass(31);
    await convergeBilling(ctx);
    expect((await getSubscription(ctx, made.id)).status).toBe('active');
    const [caughtUp] = await invoicesOf(ctx);
    expect(caughtUp?.lines.map(({ kind }) => kind)).toEqual(['period', 'period']);
    expect(caughtUp?.total.amount).toBe(2 * PRICE);
  });

  it('is unpaid when PayPal gives up, and begins anew once that is ended', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    await payerPays(made.id, false);
    const then = await pass(100);
    await convergeBilling(then);
    expect((await getSubscription(then, made.id)).status).toBe('unpaid');
    await cancelSubscription(then, made.id, { when: 'now' });
    const again = await askByPayPal(then);
    await answerPage(payPal, again.checkout_url);
    expect((await refreshCheckout(then))?.status).toBe('active');
  });
});

describe('pausing and ending', () => {
  it('suspends for a pause and goes on in the period that is paid', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    expect(await pauseSubscription(ctx, made.id)).toMatchObject({ status: 'paused' });
    expect(await there(made.id)).toMatchObject({ status: 'SUSPENDED' });
    expect(await findDrift(ctx, made.id)).toEqual([]);
    expect(await resumeSubscription(ctx, made.id)).toMatchObject({ status: 'active' });
    expect(await invoicesOf(ctx)).toHaveLength(1);
  });

  it('collects what remains of a period when a pause outlasted what was paid, once', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    await pauseSubscription(ctx, made.id);
    const then = await pass(40);
    world.trouble({
      path: '/paypal/v1/billing/subscriptions',
      when: 'before',
      times: 1,
      writes: true,
      skip: 2,
    });
    await resumeSubscription(then, made.id).catch(() => null);
    expect((await getSubscription(then, made.id)).status).toBe('paused');
    await pushWish(then, ownId(made.id));
    expect((await getSubscription(then, made.id)).status).toBe('active');
    const [rest, ...before] = await invoicesOf(then);
    expect(before).toHaveLength(1);
    expect(rest?.lines).toMatchObject([{ kind: 'remaining_time', item: 'professional' }]);
    expect(rest?.total.amount).toBeGreaterThan(0);
    expect(rest?.total.amount).toBeLessThan(PRICE);
    expect((await there(made.id))['billing_info']).toMatchObject({
      outstanding_balance: { value: '0.00' },
    });
  });

  it('waits for a payment that PayPal has only accepted, and takes it once', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    await pauseSubscription(ctx, made.id);
    const { id: agreement } = await there(made.id);
    const then = await pass(40);
    world.trouble({
      path: `/paypal/v1/billing/subscriptions/${String(agreement)}/capture`,
      when: 'after',
      times: 1,
      answer: { status: 202, body: '' },
    });
    expect(await resumeSubscription(then, made.id)).toMatchObject({
      status: 'paused',
      being_changed: true,
    });
    await pushWish(then, ownId(made.id));
    expect((await getSubscription(then, made.id)).status).toBe('active');
    expect(await invoicesOf(then)).toHaveLength(2);
    expect((await there(made.id))['billing_info']).toMatchObject({
      outstanding_balance: { value: '0.00' },
    });
  });

  it('stays paused when the payer’s account declines', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    await pauseSubscription(ctx, made.id);
    await payerPays(made.id, false);
    const then = await pass(40);
    await expect(resumeSubscription(then, made.id)).rejects.toMatchObject({
      code: 'payment_failed',
    });
    expect(await getSubscription(then, made.id)).toMatchObject({
      status: 'paused',
      being_changed: false,
    });
    expect(await invoicesOf(then)).toHaveLength(1);
  });

  it('ends with the paid period, can be kept until then, and is over afterwards', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    const ending = await cancelSubscription(ctx, made.id, { when: 'period_end', reason: 'Enough' });
    expect(ending).toMatchObject({ status: 'active', cancel_at: made.current_period_end });
    expect(await rights(ctx)).toBe('subscription');
    expect(await resumeSubscription(ctx, made.id)).toMatchObject({
      status: 'active',
      cancel_at: null,
    });
    await cancelSubscription(ctx, made.id, { when: 'period_end' });
    const jobs = await world.admin.query<{ run_at: Date }>(
      `SELECT run_at FROM graphile_worker._private_jobs WHERE key = $1`,
      [`look-again:paypal:${ctx.tenantId}`],
    );
    expect(jobs.rows[0]?.run_at.toISOString()).toBe(ending.cancel_at);
    const then = await pass(32);
    await convergeBilling(then);
    expect((await getSubscription(then, made.id)).status).toBe('cancelled');
    expect(await there(made.id)).toMatchObject({ status: 'CANCELLED' });
    expect(await invoicesOf(then)).toHaveLength(1);
    expect(await rights(then)).not.toBe('subscription');
  });

  it('ends at once, and comes back by a page that asks the payer anew', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    expect((await cancelSubscription(ctx, made.id, { when: 'now' })).status).toBe('cancelled');
    expect(await there(made.id)).toMatchObject({ status: 'CANCELLED' });
    const again = await reactivateSubscription(ctx, made.id);
    expect(again).toMatchObject({ status: 'incomplete', gateway: 'paypal' });
    await answerPage(payPal, again.checkout_url);
    expect((await refreshCheckout(ctx))?.status).toBe('active');
  });

  it('leaves a payer who cancelled at PayPal what they paid for', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    const { id } = await there(made.id);
    await payPal.client.post(`/v1/billing/subscriptions/${String(id)}/cancel`, {
      reason: 'By the payer',
    });
    await convergeBilling(ctx);
    expect(await getSubscription(ctx, made.id)).toMatchObject({
      status: 'active',
      cancel_at: made.current_period_end,
    });
    await expect(resumeSubscription(ctx, made.id)).rejects.toMatchObject({
      code: 'provider_refused',
    });
    expect(await getSubscription(ctx, made.id)).toMatchObject({
      cancel_at: made.current_period_end,
      being_changed: false,
    });
    await convergeBilling(await pass(32));
    expect((await getSubscription(ctx, made.id)).status).toBe('cancelled');
  });

  it('shows as drift a plan that was changed at PayPal, refuses to undo it, and takes it over', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    await syncCatalogue(ctx);
    const { body } = await payPal.client.get('/v1/billing/plans?page_size=20');
    const plans = body['plans'] as unknown as { id: string; description: string }[];
    const other = plans.find(({ description }) => /^enterprise_v\d+_monthly/.test(description));
    const { id } = await there(made.id);
    const revised = await payPal.client.post(`/v1/billing/subscriptions/${String(id)}/revise`, {
      plan_id: other?.id,
    });
    await payPal.client.answer(linkOf(revised, 'approve'), 'approve');
    await convergeBilling(ctx);
    expect((await findDrift(ctx, made.id)).map(({ field }) => field)).toEqual(['terms']);
    await expect(healDrift(ctx, made.id, 'push_ours')).rejects.toMatchObject({
      code: 'provider_refused',
    });
    await healDrift(ctx, made.id, 'take_theirs');
    expect(await findDrift(ctx, made.id)).toEqual([]);
    expect((await getSubscription(ctx, made.id)).plan_id).toBe('enterprise');
  });

  it('says what PayPal can’t do, and what to do instead, without asking it', async () => {
    const made = await subscribeByPayPal(payPal, ctx);
    expect((await getOverview(ctx)).change_refused).toMatch(/can’t be changed.*Cancel it/);
    const calls = world.calls.length;
    for (const ask of [changeSubscription, previewChange]) {
      await expect(ask(ctx, made.id, { plan_id: 'enterprise' })).rejects.toMatchObject({
        kind: 'conflict',
        code: 'gateway_cannot',
      });
    }
    expect(world.calls.length).toBe(calls);
    expect(await getSubscription(ctx, made.id)).toMatchObject({
      plan_id: 'professional',
      being_changed: false,
    });
  });

  it('lets nothing in beyond a limit, for PayPal collects the price alone', async () => {
    await subscribeByPayPal(payPal, ctx);
    await expect(setOverage(ctx, 'api_calls', { mode: 'on' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'gateway_cannot',
    });
    const [calls] = (await getOverage(ctx)).data;
    expect(calls).toMatchObject({ mode: 'off', active: false, price_per_thousand: null });
  });
});

it('goes on with an end whose answer was lost', async () => {
  const made = await subscribeByPayPal(payPal, ctx);
  world.trouble({
    path: '/paypal/v1/billing/subscriptions',
    when: 'after',
    times: 1,
    writes: true,
  });
  const asked = await cancelSubscription(ctx, made.id, { when: 'now' });
  expect(asked.being_changed).toBe(true);
  await pushWish(ctx, ownId(made.id));
  expect(await getSubscription(ctx, made.id)).toMatchObject({
    status: 'cancelled',
    being_changed: false,
  });
});

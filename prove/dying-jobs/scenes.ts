import {
  changeSubscription,
  createSubscription,
  createSubscriptionInput,
  healDrift,
  publishOffers,
  receiveWebhook,
  setOverage,
} from '@/lib/domains/billing';
import { getPlanVersion } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { stripe } from '@/lib/infra/stripe';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, parsePublicId } from '@/lib/kernel/ids';
import { createTenant, pay, subscribe, type World } from '@/lib/testing/billing-world';
import { countCalls, overageTenant, type useMovedTime } from '@/lib/testing/overage-world';
import { doJob, doQueued, infoAt } from '@/lib/testing/queued-jobs';

const DAY = 86_400_000;

/** Where scenes are set: the provider, and one time for it and for us. */
export interface Stage {
  world: World;
  time: ReturnType<typeof useMovedTime>;
}

/** A tenant, and the work that is about to be done for it. */
export interface Scene {
  ctx: Ctx;
  /** A job, which the queue gives to another worker when it died; or a request, which somebody repeats. */
  work: () => Promise<unknown>;
}

const jobOf = ({ time }: Stage, ctx: Ctx, name: string, payload: object): Scene => ({
  ctx,
  work: () => doJob(time.clock, name, payload),
});

/** Does what is asked with the provider away, so that a job is left to do it. */
async function withoutProvider({ world }: Stage, ask: () => Promise<unknown>): Promise<void> {
  const trouble = world.trouble({ path: '/v1/', when: 'before', times: 999, writes: true });
  await ask().catch((error: { kind?: string }) => {
    if (error.kind !== 'unavailable') throw error;
  });
  trouble.times = 0;
}

async function rowOf({ world }: Stage, { tenantId }: Ctx) {
  const { rows } = await world.admin.query<{ id: string; provider_id: string; customer: string }>(
    `SELECT s.id, s.provider_id, c.customer_id AS customer
     FROM subscription s LEFT JOIN billing_customer c USING (tenant_id, gateway) WHERE tenant_id = $1`,
    [tenantId],
  );
  if (!rows[0]) throw new Error('no subscription');
  return rows[0];
}

async function beginning(stage: Stage, wish: { trial_days?: number }): Promise<Scene> {
  const { ctx } = await createTenant(stage.world);
  const input = { plan_id: 'professional', billing_cycle: 'monthly', ...wish };
  await withoutProvider(stage, () => createSubscription(ctx, createSubscriptionInput.parse(input)));
  const { id } = await rowOf(stage, ctx);
  return jobOf(stage, ctx, 'billing.provision', { tenantId: ctx.tenantId, subscriptionId: id });
}

async function changing(
  stage: Stage,
  wish: { plan_id: 'enterprise' | 'starter'; when: 'now' | 'period_end' },
): Promise<Scene> {
  const { ctx } = await createTenant(stage.world, { ageDays: 40 });
  const { id } = await subscribe(ctx);
  await withoutProvider(stage, () => changeSubscription(ctx, id, wish));
  const subscriptionId = parsePublicId('subscription', id);
  return jobOf(stage, ctx, 'billing.push', { tenantId: ctx.tenantId, subscriptionId });
}

async function refusedChange(stage: Stage): Promise<Scene> {
  const scene = await changing(stage, { plan_id: 'enterprise', when: 'now' });
  const { provider_id, customer } = await rowOf(stage, scene.ctx);
  const { id } = await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe().subscriptions.update(provider_id, { default_payment_method: id });
  return scene;
}

async function paidPage({ world }: Stage): Promise<Ctx> {
  const { ctx } = await createTenant(world, { ageDays: 40 });
  await world.deliveries();
  const wish = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 0 };
  const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
  await pay(made.checkout_url);
  return ctx;
}

async function toldOfPayment(stage: Stage): Promise<Scene> {
  const ctx = await paidPage(stage);
  const told = (await stage.world.deliveries()).find(({ type }) => type === 'invoice.paid');
  if (!told) throw new Error('nothing was told');
  await stage.world.admin.query('DELETE FROM webhook_inbox');
  await receiveWebhook(infoAt(systemClock), 'stripe', told.body, () => told.signature);
  return jobOf(stage, ctx, 'billing.receive', { provider: 'stripe', eventId: told.id });
}

async function twoThere(stage: Stage): Promise<Scene> {
  const ctx = await paidPage(stage);
  const { customer } = await rowOf(stage, ctx);
  const [live] = (await stripe().subscriptions.list({ customer })).data;
  await stripe().subscriptions.create({
    customer,
    items: [{ price: live?.items.data[0]?.price.id ?? '' }],
    default_payment_method: live?.default_payment_method as string,
  });
  return jobOf(stage, ctx, 'billing.converge', { tenantId: ctx.tenantId });
}

async function monthOver(stage: Stage, cycle: 'monthly' | 'annual'): Promise<Scene> {
  const { world, time } = stage;
  await time.moveTo(new Date(time.month(1).getTime() + DAY));
  const { ctx } = await overageTenant(world, time, { billing_cycle: cycle });
  await countCalls(world, ctx, 102_000, time.clock.now());
  await time.moveTo(new Date(time.month(1).getTime() + 300_000));
  return jobOf(stage, ctx, 'billing.close_months', { tenantId: ctx.tenantId });
}

async function overageToBegin(stage: Stage): Promise<Scene> {
  const { ctx } = await overageTenant(stage.world, stage.time);
  await setOverage(ctx, 'api_calls', { mode: 'off' });
  // As it is until the moment comes for which the switch was written.
  await stage.world.admin.query(
    'UPDATE entitlement SET api_calls_beyond = 5 WHERE tenant_id = $1',
    [ctx.tenantId],
  );
  return jobOf(stage, ctx, 'billing.begin_overage', { tenantId: ctx.tenantId });
}

async function night(stage: Stage): Promise<Scene> {
  const { world, time } = stage;
  const { ctx } = await overageTenant(world, time);
  await countCalls(world, ctx, 700, time.clock.now());
  const { provider_id } = await rowOf(stage, ctx);
  await stripe().subscriptions.update(provider_id, { cancel_at_period_end: true });
  return jobOf(stage, ctx, 'billing.converge', { tenantId: ctx.tenantId });
}

async function newCatalogue(stage: Stage): Promise<Scene> {
  const { ctx } = await createTenant(stage.world);
  return jobOf(stage, ctx, 'billing.sync_catalogue', {});
}

async function healing(stage: Stage): Promise<Scene> {
  const { ctx } = await createTenant(stage.world, { ageDays: 40 });
  const { id } = await subscribe(ctx);
  const { provider_id } = await rowOf(stage, ctx);
  await stripe().subscriptions.update(provider_id, { cancel_at_period_end: true });
  // Whoever asked again is told that nothing is left to heal.
  const work = () =>
    healDrift(ctx, id, 'push_ours').catch((error: { code?: string }) => {
      if (error.code !== 'no_drift') throw error;
    });
  return { ctx, work };
}

/** A version of Professional at another price; off sale, so that no other scene buys it. */
async function otherVersion({ world }: Stage): Promise<void> {
  await world.admin.query(
    `INSERT INTO plan_version SELECT (jsonb_populate_record(p, jsonb_build_object('id', $1::uuid, 'version', 2,
       'retired_at', published_at, 'prices', prices || '{"monthly": 24900}'))).*
     FROM plan_version p WHERE plan_id = 'professional' AND version = 1 ON CONFLICT DO NOTHING`,
    [newId()],
  );
}

async function moving(stage: Stage): Promise<Scene> {
  const { world, time } = stage;
  const { ctx } = await createTenant(world, { ageDays: 40 });
  await subscribe(ctx);
  await otherVersion(stage);
  const { tenantId } = ctx;
  const version = await withTenant(ctx, (tx) => getPlanVersion(tx, 'professional', 2));
  await publishOffers(version);
  const { id } = await rowOf(stage, ctx);
  const move = newId();
  await world.admin.query(
    `INSERT INTO plan_move (id, plan_id, to_version, from_versions, moment, notice_days, total, asked_by, asked_at)
     VALUES ($1, 'professional', 2, '[1]', 'now', 0, 1, $1, now())`,
    [move],
  );
  await world.admin.query(
    `INSERT INTO plan_move_part (tenant_id, move_id, subscription_id, plan_id, from_version, to_version, moment, notice_days,
       state, updated_at)
     VALUES ($1, $2, $3, 'professional', 1, 2, 'now', 0, 'queued', now())`,
    [tenantId, move, id],
  );
  const look = () => doJob(time.clock, 'billing.follow_move', { tenantId });
  // The look of some minutes later finds what another's push has done.
  const work = async () => {
    await look();
    await doQueued(world, time.clock, ['billing.push']);
    await look();
  };
  return { ctx, work };
}

/** What can die, in words that go on from "a job that". */
export const scenes: Record<string, (stage: Stage) => Promise<Scene>> = {
  'makes the catalogue known': newCatalogue,
  'begins a subscription with a page that sells it': (stage) => beginning(stage, { trial_days: 0 }),
  'begins a trial with a page for the card': (stage) => beginning(stage, {}),
  'pushes a change now': (stage) => changing(stage, { plan_id: 'enterprise', when: 'now' }),
  'pushes a change at the end of the period': (stage) =>
    changing(stage, { plan_id: 'starter', when: 'period_end' }),
  'pushes a change that the card refuses': refusedChange,
  'reads a webhook': toldOfPayment,
  'finds two subscriptions where one is meant': twoThere,
  'closes a month that is put on the next invoice': (stage) => monthOver(stage, 'monthly'),
  'closes a month that is invoiced at once': (stage) => monthOver(stage, 'annual'),
  'begins another switch of overage': overageToBegin,
  'compares at night': night,
  'heals what an operator saw': healing,
  'moves a subscriber to another version of the plan': moving,
};

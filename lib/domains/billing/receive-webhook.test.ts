import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getEntitlements } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import { auditActions, createTenant, pay, useBillingWorld } from '@/lib/testing/billing-world';
import type { Delivery } from '@/lib/testing/troubled-provider';
import { rememberTenant } from '@/lib/testing/rewind-tenant';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  changeSubscription,
  createSubscription,
  findDrift,
  getSubscription,
  receiveWebhook,
} from '.';
import { jobs } from './jobs';
import { reconcileBilling } from './reconcile-billing';
import { createSubscriptionInput, type SubscriptionDto } from './schemas';

// Each test is a score of calls over the network and as many transactions.
vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const SECRET = 'whsec_unit';
const info: RequestInfo = { requestId: 'req_hook', clock: systemClock, ip: null, userAgent: null };
let ctx: Ctx;

const sign = (body: string, secret = SECRET, at = Math.floor(Date.now() / 1000)) =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;

const payNow = () =>
  createSubscription(
    ctx,
    createSubscriptionInput.parse({
      plan_id: 'professional',
      billing_cycle: 'monthly',
      trial_days: 0,
    }),
  );

async function runJob(name: string, payload: object): Promise<void> {
  const job = jobs.find((each) => each.contract.name === name);
  const run = { attempt: 1, maxAttempts: 8, signal: new AbortController().signal };
  const actor = { kind: 'job', name } as const;
  const by = job?.contract.scope === 'tenant' ? { ...info, tenantId: ctx.tenantId, actor } : info;
  await job?.run(by, payload, run);
}

const receive = (body: string, signature: string | null) =>
  receiveWebhook(info, 'stripe', body, () => signature);

/** Delivers as the provider does, and does what the queued jobs would do. */
async function deliver(delivery: Pick<Delivery, 'body' | 'signature' | 'id'>): Promise<boolean> {
  const { duplicate } = await receive(delivery.body, delivery.signature);
  await runJob('billing.receive', { eventId: delivery.id, provider: 'stripe' });
  const { rows } = await world.admin.query<{ payload: object }>(
    `DELETE FROM graphile_worker._private_jobs WHERE key = $1 RETURNING payload`,
    [`converge:${ctx.tenantId}`],
  );
  for (const { payload } of rows) await runJob('billing.converge', payload);
  return duplicate;
}

const rights = () => withTenant(ctx, (tx) => getEntitlements(tx, ctx));
const inboxOf = async (ids: string[]) =>
  (
    await world.admin.query(
      'SELECT event_id, outcome, processed_at FROM webhook_inbox WHERE event_id = ANY ($1)',
      [ids],
    )
  ).rows;

/** Everything that must come out the same, whatever the order. */
async function finalState() {
  const one = async (text: string) => (await world.admin.query(text, [ctx.tenantId])).rows;
  return {
    subscription: await one(
      `SELECT status, plan_id, billing_cycle, current_period_start, current_period_end, trial_ends_at,
              cancel_at, provider_id, provider_status, card->>'last4' AS card
       FROM subscription WHERE tenant_id = $1`,
    ),
    invoices: await one(
      'SELECT status, provider_number, total, amount_paid FROM invoice WHERE tenant_id = $1 ORDER BY provider_number',
    ),
    tenant: await one('SELECT status FROM tenant WHERE id = $1'),
    rights: await rights(),
    activations: (await auditActions(world, ctx)).filter((a) => a === 'subscription.activated')
      .length,
    history: await one(
      `SELECT status_before, status, cause, monthly_before::int, monthly_after::int
       FROM subscription_event WHERE tenant_id = $1 ORDER BY id`,
    ),
    told: await one(
      `SELECT topic, count(*)::int FROM outbox WHERE tenant_id = $1 AND id > 0
       GROUP BY topic ORDER BY topic`,
    ),
  };
}

let made: SubscriptionDto;
let putBack: () => Promise<void>;
let events: Delivery[];

/** A tenant whose checkout was just paid, and everything the provider tells of it. */
async function paidCheckout(): Promise<void> {
  ({ ctx } = await createTenant(world));
  await world.deliveries();
  made = await payNow();
  await world.deliveries();
  putBack = await rememberTenant(world.admin, ctx.tenantId);
  await pay(made.checkout_url);
  events = await world.deliveries();
}

/** Puts the tenant back to before any event arrived. */
async function rewind(): Promise<void> {
  await putBack();
  await world.admin.query('DELETE FROM webhook_inbox');
}

describe('a paid checkout', () => {
  beforeEach(paidCheckout);

  it('becomes active by what was delivered, with everything that follows', async () => {
    expect(await getSubscription(ctx, made.id)).toMatchObject({ status: 'incomplete' });
    for (const event of events) expect(await deliver(event)).toBe(false);
    expect(await getSubscription(ctx, made.id)).toMatchObject({
      status: 'active',
      checkout_url: null,
    });
    expect(await rights()).toMatchObject({ planId: 'professional', source: 'subscription' });
    const { rows } = await world.admin.query(
      `SELECT actor->>'kind' AS kind, actor->>'id' AS id FROM audit_event
       WHERE tenant_id = $1 AND action = 'subscription.activated'`,
      [ctx.tenantId],
    );
    expect(rows).toEqual([{ kind: 'webhook', id: 'stripe' }]);
    const inbox = await inboxOf(events.map((event) => event.id));
    expect(inbox).toHaveLength(events.length);
    expect(inbox.every((row) => row.processed_at !== null)).toBe(true);
    expect(inbox.filter((row) => row.outcome === 'queued').length).toBeGreaterThan(1);
  });

  it('is stored once however often it is told, and queued once', async () => {
    const [event] = events;
    if (!event) throw new Error('no event');
    expect(await receive(event.body, event.signature)).toEqual({ duplicate: false });
    const again = await Promise.all(
      Array.from({ length: 5 }, () => receive(event.body, event.signature)),
    );
    expect(again).toEqual(Array.from({ length: 5 }, () => ({ duplicate: true })));
    const { rows } = await world.admin.query(
      `SELECT count(*)::int FROM graphile_worker._private_jobs WHERE payload->>'eventId' = $1`,
      [event.id],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('is told late but signed anew: all the same', async () => {
    for (const event of events) {
      const old = JSON.parse(event.body) as { created: number };
      const body = JSON.stringify({ ...old, created: old.created - 300 });
      await deliver({ ...event, body, signature: sign(body) });
    }
    expect(await getSubscription(ctx, made.id)).toMatchObject({ status: 'active' });
  });

  it('ends in one state after every order of what was told of a change', async () => {
    for (const event of events) await deliver(event);
    await changeSubscription(ctx, made.id, { plan_id: 'starter', when: 'period_end' });
    await changeSubscription(ctx, made.id, { plan_id: 'enterprise' });
    const told = (await world.deliveries()).filter(namesCustomer);
    const kinds = [...new Map(told.map((event) => [event.type, event])).values()].slice(0, 4);
    expect(kinds).toHaveLength(4);
    const expected = await finalState();
    expect(expected).toMatchObject({ subscription: [{ status: 'active', plan_id: 'enterprise' }] });
    for (const sequence of permutations(kinds)) {
      await world.admin.query('DELETE FROM webhook_inbox');
      for (const event of [...sequence, ...sequence.slice(0, 2)]) await deliver(event);
      expect(await finalState()).toEqual(expected);
    }
    expect(await findDrift(ctx, made.id)).toEqual([]);
  });

  it('are read once when they come in a burst', async () => {
    for (const event of events) {
      await receive(event.body, event.signature);
      await runJob('billing.receive', { eventId: event.id, provider: 'stripe' });
    }
    const { rows } = await world.admin.query(
      `SELECT count(*)::int FROM graphile_worker._private_jobs WHERE key = $1`,
      [`converge:${ctx.tenantId}`],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('ends in that state with events doubled and left out', { timeout: 120_000 }, async () => {
    await rewind();
    for (const event of events) await deliver(event);
    const expected = await finalState();
    // An event that names no customer says nothing about whose it is; alone it changes nothing.
    const about = events.filter((event) => namesCustomer(event));
    expect(about.length).toBeGreaterThan(5);
    const drawn = fc
      .array(fc.constantFrom(...events), { minLength: 1, maxLength: 8 })
      .filter((sequence) => sequence.some(namesCustomer));
    await fc.assert(
      fc.asyncProperty(drawn, async (sequence) => {
        await rewind();
        for (const event of sequence) await deliver(event);
        const after = await finalState();
        expect({ ...after, rights: after.rights.planId }).toEqual({
          ...expected,
          rights: expected.rights.planId,
        });
      }),
      { numRuns: 20 },
    );
  });

  it('is found by the reconciler when every delivery was lost', async () => {
    const found = await reconcileBilling(info);
    expect(found.tenants).toBeGreaterThan(0);
    const { rows } = await world.admin.query(
      `SELECT task_identifier FROM graphile_worker.jobs WHERE key = $1`,
      [`compare:${ctx.tenantId}`],
    );
    expect(rows).toEqual([{ task_identifier: 'billing.converge' }]);
    await runJob('billing.converge', { tenantId: ctx.tenantId });
    expect(await getSubscription(ctx, made.id)).toMatchObject({ status: 'active' });
  });

  it('is right when many workers deal with it at once', async () => {
    await Promise.all(events.map((event) => deliver(event)));
    expect(await finalState()).toMatchObject({
      subscription: [{ status: 'active' }],
      invoices: [{ status: 'paid' }],
      activations: 1,
    });
  });
});

describe('what is not believed', () => {
  beforeEach(async () => {
    ({ ctx } = await createTenant(world));
    made = await payNow();
    events = await world.deliveries();
  });

  const claim = (change: object = {}) =>
    JSON.stringify({
      id: `evt_forged_${ctx.tenantId}`,
      object: 'event',
      type: 'checkout.session.completed',
      livemode: false,
      created: Math.floor(Date.now() / 1000),
      data: {
        object: {
          object: 'checkout.session',
          payment_status: 'paid',
          status: 'complete',
          customer: 'cus_unknown',
          metadata: {},
        },
      },
      ...change,
    });
  const refusal = { kind: 'malformed', code: 'webhook_refused' };

  it.each([
    ['no signature', () => null],
    ['nonsense for a signature', () => 't=1,v1=00'],
    ['an empty signature', () => `t=${Math.floor(Date.now() / 1000)},v1=`],
    ['another secret', (body: string) => sign(body, 'whsec_other')],
    [
      'a signature of six minutes ago',
      (body: string) => sign(body, SECRET, Date.now() / 1000 - 360),
    ],
    ['a signature of another body', (body: string) => sign(`${body} `)],
  ])('%s', async (_, signature) => {
    const body = claim();
    await expect(receive(body, signature(body))).rejects.toMatchObject(refusal);
    expect(await inboxOf([`evt_forged_${ctx.tenantId}`])).toEqual([]);
  });

  it.each([
    ['an event of a connected account', { account: 'acct_other' }],
    ['a live event under a test key', { livemode: true }],
  ])('%s', async (_, change) => {
    const body = claim(change);
    await expect(receive(body, sign(body))).rejects.toMatchObject(refusal);
  });

  it('a well-signed claim that it was paid: the provider knows better', async () => {
    const { rows } = await world.admin.query(
      'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    for (const type of ['checkout.session.completed', 'customer.subscription.updated']) {
      const id = `evt_lie_${type}_${ctx.tenantId}`;
      const body = claim({
        id,
        type,
        data: {
          object: { object: 'subscription', status: 'active', customer: rows[0].customer_id },
        },
      });
      await deliver({ id, body, signature: sign(body) });
    }
    expect(await getSubscription(ctx, made.id)).toMatchObject({ status: 'incomplete' });
    expect(await rights()).toMatchObject({ planId: 'starter', source: 'trial' });
  });

  it('an event about somebody unknown is kept and ignored', async () => {
    const body = claim();
    const id = `evt_forged_${ctx.tenantId}`;
    await deliver({ id, body, signature: sign(body) });
    expect(await inboxOf([id])).toMatchObject([{ outcome: 'ignored' }]);
  });

  it('an event with text that columns refuse is kept as it came', async () => {
    const body = claim({ data: { object: { object: 'customer', id: 'cus_none', name: 'A\0B' } } });
    const id = `evt_forged_${ctx.tenantId}`;
    await world.admin.query('DELETE FROM webhook_inbox WHERE event_id = $1', [id]);
    await deliver({ id, body, signature: sign(body) });
    expect(await inboxOf([id])).toMatchObject([{ outcome: 'ignored' }]);
  });

  it('a provider that is away leaves the reading to its next try', async () => {
    const event = events.at(-1);
    if (!event) throw new Error('no event');
    await receive(event.body, event.signature);
    await runJob('billing.receive', { eventId: event.id, provider: 'stripe' });
    const told = { tenantId: ctx.tenantId, toldBy: 'stripe' };
    world.trouble({ path: '/v1/', when: 'before', times: 3 });
    await expect(runJob('billing.converge', told)).rejects.toMatchObject({
      code: 'payment_provider_unavailable',
    });
    await runJob('billing.converge', told);
    expect(await getSubscription(ctx, made.id)).toMatchObject({ status: 'incomplete' });
  });
});

function namesCustomer(event: Delivery): boolean {
  const { data } = JSON.parse(event.body) as { data: { object: { customer?: string | null } } };
  return typeof data.object.customer === 'string';
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { can, requireSubscription } from '@/lib/domains/entitlements';
import { findSuspension, type DunningNotice } from '@/lib/domains/identity';
import { holdTenantRow, liftTenantRow } from '@/lib/domains/tenancy';
import { withTenant } from '@/lib/infra/db';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import { systemClock } from '@/lib/kernel/clock';
import { GOOD_CARD, post } from '@/sandbox/testing';
import {
  auditActions,
  createTenant,
  pay,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { queuedMails } from '@/lib/testing/queued-mails';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  convergeBilling,
  getBillingNotice,
  listInvoices,
  listSubscriptions,
  receiveWebhook,
  refreshCheckout,
  renewCardPage,
} from '..';
import { jobs } from '../jobs';

// A score of calls over the network and as many transactions.
vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const DAY = 86_400_000;
let owner: Ctx;
/** Days by which this tenant's time is ahead. */
let ahead = 0;
let provider: { id: string; customer: string };

const clock = { now: () => new Date(Date.now() + ahead * DAY) };
const inTime = (ctx: Ctx): Ctx => ({ ...ctx, clock });

async function runJob(name: string, payload: object, ctx: RequestInfo = owner): Promise<void> {
  const job = jobs.find((each) => each.contract.name === name);
  await job?.run(ctx, payload, {
    attempt: 1,
    maxAttempts: 8,
    signal: new AbortController().signal,
  });
}
const runDunning = () => runJob('billing.dunning', { tenantId: owner.tenantId });

const status = async () =>
  (await world.admin.query('SELECT status FROM tenant WHERE id = $1', [owner.tenantId])).rows[0]
    .status;
const subscription = async () => (await listSubscriptions(owner, { limit: 1 })).data[0];
const notices = async (): Promise<DunningNotice[]> =>
  (
    await world.admin.query(
      'SELECT notice FROM dunning_notice WHERE tenant_id = $1 ORDER BY at, notice',
      [owner.tenantId],
    )
  ).rows.map((row) => row.notice);

const mails = async () =>
  (await queuedMails(world.admin, { to: `${slug}@example.com` })).flatMap((mail) =>
    mail.template === 'payment_overdue' ? [mail] : [],
  );
const waitingJob = async () =>
  (
    await world.admin.query('SELECT run_at FROM graphile_worker._private_jobs WHERE key = $1', [
      `dunning:${owner.tenantId}`,
    ])
  ).rows[0]?.run_at as Date | undefined;

let slug: string;

/** A tenant whose renewal has just failed for the first time. */
async function failedRenewal(): Promise<void> {
  ahead = 0;
  const tenant = await createTenant(world, { ageDays: 30 });
  owner = inTime(tenant.ctx);
  slug = tenant.slug;
  const frozen = await stripe().testHelpers.testClocks.create({
    frozen_time: Math.floor(Date.now() / 1000),
  });
  const customer = await stripe().customers.create({ test_clock: frozen.id, email: 'a@b.example' });
  await world.admin.query(
    `INSERT INTO billing_customer (tenant_id, gateway, customer_id, created_at)
     VALUES ($1, 'stripe', $2, now())`,
    [owner.tenantId, customer.id],
  );
  await subscribe(owner);
  const [sub] = (await stripe().subscriptions.list({ customer: customer.id })).data;
  provider = { id: sub?.id ?? '', customer: customer.id };
  const bad = await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: customer.id,
  });
  await stripe().subscriptions.update(provider.id, { default_payment_method: bad.id });
  testClock = frozen.id;
  await travel(31.2);
}

let testClock: string;

/** Moves the provider's clock and the tenant's to so many days from now, and takes over what it says. */
async function travel(days: number): Promise<void> {
  ahead = days;
  await stripe().testHelpers.testClocks.advance(testClock, {
    frozen_time: Math.floor(clock.now().getTime() / 1000),
  });
  await convergeBilling(owner);
}

beforeEach(failedRenewal);

/** Enters a good card on the open invoice's page, and lets the provider's webhooks arrive. */
async function payByPage(): Promise<void> {
  const [open] = (await listInvoices(owner, { limit: 100 })).data.filter(
    (invoice) => invoice.status === 'open',
  );
  await world.deliveries();
  const answer = await post(open?.hosted_url ?? '', GOOD_CARD);
  expect(answer.status).toBe(303);
  const info: RequestInfo = { ...owner, clock: systemClock };
  for (const { body, signature, id } of await world.deliveries()) {
    await receiveWebhook(info, 'stripe', body, () => signature);
    await runJob('billing.receive', { provider: 'stripe', eventId: id }, info);
  }
  const { rows } = await world.admin.query<{ payload: object }>(
    'DELETE FROM graphile_worker._private_jobs WHERE key = $1 RETURNING payload',
    [`converge:${owner.tenantId}`],
  );
  expect(rows).toHaveLength(1);
  for (const { payload } of rows) await runJob('billing.converge', payload);
}

describe('an overdue payment', () => {
  it('goes from the first failure to suspension, and back in one payment', async () => {
    expect(await subscription()).toMatchObject({
      status: 'past_due',
      dunning: { stage: 'retrying' },
    });
    expect(await can(owner, 'api_write')).toBe(true);
    expect(await status()).toBe('past_due');
    expect(await notices()).toEqual(['payment_failed']);
    expect(await getBillingNotice(owner)).toMatchObject({ kind: 'past_due' });

    ahead = 31.2 + 3.1;
    await runDunning();
    expect(await notices()).toEqual(['payment_failed', 'reminder']);
    ahead = 31.2 + 7.1;
    await runDunning();
    expect((await notices()).at(-1)).toBe('last_call');
    expect(await can(owner, 'api_write')).toBe(true);

    ahead = 31.2 + 14.1;
    await runDunning();
    expect(await subscription()).toMatchObject({ dunning: { stage: 'read_only' } });
    expect(await can(owner, 'api_read')).toBe(true);
    const write = withTenant(owner, (tx) => requireSubscription(tx, owner));
    await expect(write).rejects.toMatchObject({
      kind: 'payment_required',
      code: 'subscription_required',
      extra: { reason: 'payment_overdue' },
      detail: expect.stringContaining('settle it under Billing'),
    });
    expect(await status()).toBe('past_due');

    await travel(31.2 + 16);
    expect(await subscription()).toMatchObject({ status: 'unpaid' });
    ahead = 31.2 + 28.1;
    await runDunning();
    expect(await status()).toBe('suspended');
    expect(await findSuspension(owner)).toBe('payment_overdue');
    expect(await getBillingNotice(owner)).toEqual({ kind: 'suspended_unpaid', ends_at: null });
    const all = ['payment_failed', 'reminder', 'last_call', 'read_only', 'suspended'];
    expect(await notices()).toEqual(all);
    const sent = await mails();
    expect(sent.map(({ notice }) => notice)).toEqual(all);
    expect(sent[0]).toMatchObject({ amount: '$199.00', tenantName: 'Acme' });
    expect(sent[0]?.link).toMatch(/\/invoice\/in_/);

    await payByPage();
    expect(await subscription()).toMatchObject({ status: 'active', dunning: null });
    expect(await status()).toBe('active');
    expect(await can(owner, 'api_write')).toBe(true);
    expect(await getBillingNotice(owner)).toBeNull();
    const now = await stripe().subscriptions.retrieve(provider.id, {
      expand: ['default_payment_method'],
    });
    expect(now.default_payment_method).toMatchObject({ card: { last4: '4242' } });
    await runDunning();
    expect(await notices()).toEqual(all);
    const told = await auditActions(world, owner);
    expect(told.filter((action) => action === 'subscription.overdue_notice_sent')).toHaveLength(5);
  });

  it('is paid while it can only be read, and works again at once', async () => {
    await travel(31.2 + 16);
    expect(await can(owner, 'api_write')).toBe(false);
    await payByPage();
    expect(await can(owner, 'api_write')).toBe(true);
    expect(await subscription()).toMatchObject({ status: 'active', dunning: null });
  });

  it.each([31.3, 31.2 + 16])('is paid by a new card at once, %d days on', async (days) => {
    await travel(days);
    const before = await subscription();
    const overdue = async (card?: string) => {
      // A page lives in real time, and this tenant's runs ahead of it.
      const there = { ...owner, clock: systemClock };
      const { checkout_url } = await renewCardPage(there, before?.id ?? '');
      expect(await pay(checkout_url, card)).toBe(303);
      return refreshCheckout(owner);
    };
    // It can be kept, and fails when it is charged.
    const failed = await overdue('4000 0000 0000 0341');
    expect(failed).toMatchObject({ status: before?.status, checkout_url: null });
    expect(await overdue()).toMatchObject({ status: 'active', dunning: null });
    expect(await can(owner, 'api_write')).toBe(true);
    expect(await status()).toBe('active');
  });

  it('mails each notice once, whoever looks however often', async () => {
    ahead = 31.2 + 3.1;
    await Promise.all(Array.from({ length: 6 }, runDunning));
    await convergeBilling(owner);
    await runDunning();
    expect(await notices()).toEqual(['payment_failed', 'reminder']);
    expect(await mails()).toHaveLength(2);
  });

  it('has no half of an effect when the job dies before it has ended', async () => {
    ahead = 31.2 + 3.1;
    // The queue refuses the next look: the last thing that the transaction does.
    await world.admin.query('ALTER FUNCTION door.enqueue RENAME TO enqueue_away');
    try {
      await expect(runDunning()).rejects.toThrow(/enqueue/);
    } finally {
      await world.admin.query('ALTER FUNCTION door.enqueue_away RENAME TO enqueue');
    }
    expect(await notices()).toEqual(['payment_failed']);
    expect(await mails()).toHaveLength(1);
    await runDunning();
    expect(await notices()).toEqual(['payment_failed', 'reminder']);
    expect(await mails()).toHaveLength(2);
  });

  it('sends somebody who comes late the newest notice alone', async () => {
    ahead = 31.2 + 15;
    await runDunning();
    expect(await notices()).toEqual(['payment_failed', 'read_only']);
  });

  it('looks again on the next day that changes something', async () => {
    const first = (await subscription())?.dunning?.since ?? '';
    const inDays = async () =>
      (((await waitingJob())?.getTime() ?? 0) - new Date(first).getTime()) / DAY;
    expect(await inDays()).toBe(3);
    ahead = 31.2 + 8;
    await runDunning();
    expect(await inDays()).toBe(14);
  });

  it('doesn’t lift what an operator has decided', async () => {
    await withTenant(owner, (tx) => holdTenantRow(tx, owner, 'Card testing'));
    expect(await findSuspension(owner)).toBe('operator');
    await payByPage();
    expect(await subscription()).toMatchObject({ status: 'active' });
    expect(await status()).toBe('suspended');
    expect(await getBillingNotice(owner)).toEqual({ kind: 'suspended', ends_at: null });
    await withTenant(owner, (tx) => liftTenantRow(tx, owner, 'Cleared'));
    await convergeBilling(owner);
    expect(await status()).toBe('active');
  });

  it('tells those who can pay, and nobody of a closed organisation', async () => {
    await world.admin.query('UPDATE tenant SET deleted_at = now() WHERE id = $1', [owner.tenantId]);
    ahead = 31.2 + 3.1;
    await runDunning();
    expect(await notices()).toEqual(['payment_failed']);
  });
});

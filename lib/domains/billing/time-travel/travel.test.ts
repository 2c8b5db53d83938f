import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clockOf } from '@/lib/infra/tenant-clock';
import { withTenant } from '@/lib/infra/db';
import { stripe } from '@/lib/infra/stripe';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { GOOD_CARD, post } from '@/sandbox/testing';
import { createTenant, pay, useBillingWorld } from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  cancelSubscription,
  convergeBilling,
  createSubscription,
  getClock,
  listInvoices,
  listSubscriptions,
  moveClock,
  openSandbox,
  refreshCheckout,
} from '..';
import { createSubscriptionInput } from '../schemas';
import { travel } from './travel';

// Months of calls over the network and as many transactions.
vi.setConfig({ testTimeout: 180_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const DAY = 86_400_000;
const START = '2026-01-31T10:00:00.000Z';
let owner: Ctx;

/** The owner's ctx, in the time in which the tenant is now. */
async function inTenant(): Promise<Ctx> {
  return { ...owner, clock: await clockOf(owner.tenantId) };
}

/** A tenant that begins its life on the last day of January. */
beforeEach(async () => {
  const real = { requestId: 'req_travel', clock: systemClock, ip: null, userAgent: null };
  const sandbox = await openSandbox(real, { starts_at: START });
  ({ ctx: owner } = await createTenant(world));
  await withTenant(owner, (tx) => sandbox.keep(tx, owner));
  await world.admin.query(
    `UPDATE tenant SET created_at = $2, trial_ends_at = $2::timestamptz + interval '14 days' WHERE id = $1`,
    [owner.tenantId, START],
  );
  owner = await inTenant();
});

const go = async (to: string | Date) => {
  await moveClock(await inTenant(), { to: new Date(to).toISOString() });
  await travel(owner, AbortSignal.timeout(170_000));
  owner = await inTenant();
};
const later = (days: number) => go(new Date(owner.clock.now().getTime() + days * DAY));
const status = async () => (await listSubscriptions(owner, { limit: 1 })).data[0]?.status;
const history = async () =>
  (
    await world.admin.query<{ status: string; day: string }>(
      `SELECT status, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM subscription_event
       WHERE tenant_id = $1 ORDER BY id`,
      [owner.tenantId],
    )
  ).rows.map((row) => `${row.day} ${row.status}`);

async function start(trialDays: number) {
  const made = await createSubscription(
    owner,
    createSubscriptionInput.parse({
      plan_id: 'professional',
      billing_cycle: 'monthly',
      trial_days: trialDays,
    }),
  );
  expect(await pay(made.checkout_url)).toBe(303);
  await refreshCheckout(owner);
  return made;
}

async function useCard(card: string): Promise<void> {
  const { rows } = await world.admin.query<{ customer_id: string; provider_id: string }>(
    `SELECT c.customer_id, s.provider_id FROM billing_customer c JOIN subscription s USING (tenant_id)
     WHERE c.tenant_id = $1`,
    [owner.tenantId],
  );
  const [found] = rows;
  const method = await stripe().paymentMethods.attach(card, { customer: found?.customer_id ?? '' });
  await stripe().subscriptions.update(found?.provider_id ?? '', {
    default_payment_method: method.id,
  });
}

async function payOpenInvoice(): Promise<void> {
  const { data } = await listInvoices(owner, { limit: 100 });
  const open = data.find((invoice) => invoice.status === 'open');
  expect((await post(open?.hosted_url ?? '', GOOD_CARD)).status).toBe(303);
  await convergeBilling(owner);
}

describe('a sandbox tenant', () => {
  it('goes from trial through payment, failure and suspension to its end, each on its day', async () => {
    const { id } = await start(14);
    expect(await status()).toBe('trialing');
    await later(15);
    expect(await status()).toBe('active');
    await useCard('pm_card_chargeCustomerFail');
    await go('2026-03-14T12:00:00Z');
    expect(await status()).toBe('past_due');
    await later(14);
    const { data } = await listSubscriptions(owner, { limit: 1 });
    expect(data[0]).toMatchObject({ dunning: { stage: 'read_only' } });
    await later(15);
    expect(await status()).toBe('unpaid');
    const tenant = () =>
      world.admin.query('SELECT status FROM tenant WHERE id = $1', [owner.tenantId]);
    expect((await tenant()).rows).toEqual([{ status: 'suspended' }]);
    const { rows: notices } = await world.admin.query(
      `SELECT notice, to_char(at AT TIME ZONE 'UTC', 'MM-DD') AS day FROM dunning_notice
       WHERE tenant_id = $1 ORDER BY at`,
      [owner.tenantId],
    );
    expect(notices).toEqual([
      { notice: 'payment_failed', day: '03-14' },
      { notice: 'reminder', day: '03-17' },
      { notice: 'last_call', day: '03-21' },
      { notice: 'read_only', day: '03-28' },
      { notice: 'suspended', day: '04-11' },
    ]);
    await payOpenInvoice();
    expect(await status()).toBe('active');
    expect((await tenant()).rows).toEqual([{ status: 'active' }]);
    await cancelSubscription(owner, id, { when: 'now', reason: 'The project is over' });
    expect(await history()).toEqual([
      '2026-01-31 incomplete',
      '2026-01-31 trialing',
      '2026-02-14 active',
      '2026-03-14 past_due',
      '2026-03-29 unpaid',
      '2026-04-12 active',
      '2026-04-12 cancelled',
    ]);
  });

  it('has a year of renewals, each in its own month', async () => {
    await start(0);
    await go('2026-11-20T00:00:00Z');
    const { data } = await listInvoices(owner, { limit: 100 });
    expect(data.map(({ issued_at }) => issued_at?.slice(0, 7)).reverse()).toEqual(
      Array.from({ length: 10 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`),
    );
    expect(new Set(data.map((invoice) => invoice.status))).toEqual(new Set(['paid']));
    expect(await getClock(owner)).toEqual({
      at: '2026-11-20T00:00:00.000Z',
      moving_to: null,
      latest: '2028-11-20T00:00:00.000Z',
    });
  });

  it('goes on from where it was when its journey is cut off, and nothing happens twice', async () => {
    await start(0);
    await useCard('pm_card_chargeCustomerFail');
    await moveClock(owner, { to: '2026-03-12T00:00:00Z' });
    // Cut off on the way: each time a while after the provider's clock was moved.
    for (const skip of [1, 3, 6, 10]) {
      world.trouble({ path: '/v1/', when: 'after', times: 3, skip });
      await expect(travel(owner, AbortSignal.timeout(170_000))).rejects.toThrow(
        /payment_provider_unavailable/,
      );
    }
    expect(await getClock(await inTenant())).toMatchObject({
      moving_to: '2026-03-12T00:00:00.000Z',
    });
    await travel(owner, AbortSignal.timeout(170_000));
    owner = await inTenant();
    expect((await getClock(owner)).moving_to).toBeNull();
    const { rows } = await world.admin.query(
      `SELECT notice, to_char(at AT TIME ZONE 'UTC', 'MM-DD') AS day FROM dunning_notice
       WHERE tenant_id = $1 ORDER BY at`,
      [owner.tenantId],
    );
    expect(rows).toEqual([
      { notice: 'payment_failed', day: '02-28' },
      { notice: 'reminder', day: '03-03' },
      { notice: 'last_call', day: '03-07' },
    ]);
    expect((await listInvoices(owner, { limit: 100 })).data).toHaveLength(2);
  });
});

describe('a clock', () => {
  it('goes forward only, two years at most, one journey at a time', async () => {
    const to = (day: string) => moveClock(owner, { to: day });
    await expect(to('2026-01-30T00:00:00Z')).rejects.toMatchObject({
      errors: [{ path: 'to', code: 'not_later' }],
    });
    await expect(to(START)).rejects.toMatchObject({ errors: [{ code: 'not_later' }] });
    await expect(to('2028-02-01T00:00:00Z')).rejects.toMatchObject({
      errors: [{ path: 'to', code: 'too_far' }],
    });
    const moves = await Promise.allSettled([
      to('2026-02-02T00:00:00Z'),
      to('2026-02-03T00:00:00Z'),
    ]);
    expect(moves.map((move) => move.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(to('2026-02-04T00:00:00Z')).rejects.toMatchObject({ code: 'clock_moving' });
  });

  it('is nobody’s who lives in real time, and isn’t moved by whoever may not pay', async () => {
    const { ctx } = await createTenant(world);
    await expect(moveClock(ctx, { to: '2027-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'not_a_sandbox',
    });
    expect(await clockOf(ctx.tenantId)).toBe(systemClock);
    const viewer: Ctx = { ...owner, actor: { ...owner.actor, role: 'viewer' } as Ctx['actor'] };
    await expect(moveClock(viewer, { to: '2026-02-02T00:00:00Z' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('begins neither in the future nor longer ago than two years', async () => {
    const real = { requestId: 'req_travel', clock: systemClock, ip: null, userAgent: null };
    for (const starts_at of ['2020-01-01T00:00:00Z', '2090-01-01T00:00:00Z']) {
      await expect(openSandbox(real, { starts_at })).rejects.toMatchObject({
        errors: [{ path: 'sandbox.starts_at', code: 'out_of_range' }],
      });
    }
    await world.admin.query(
      `UPDATE plan_version SET retired_at = '2026-02-01' WHERE plan_id = 'starter'`,
    );
    await expect(openSandbox(real, { starts_at: '2026-02-02T00:00:00Z' })).rejects.toMatchObject({
      errors: [{ path: 'sandbox.starts_at', code: 'nothing_on_sale' }],
    });
  });
});

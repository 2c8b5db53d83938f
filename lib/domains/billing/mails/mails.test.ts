import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import {
  createTenant,
  pay,
  subscribe,
  subscriptionAtStripe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { type TimedTenant, tenantInOwnTime } from '@/lib/testing/own-time';
import { doJob, infoAt } from '@/lib/testing/queued-jobs';
import { queuedMails } from '@/lib/testing/queued-mails';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  cancelSubscription,
  convergeBilling,
  createSubscription,
  listInvoices,
  refreshCheckout,
  renewCardPage,
  resumeSubscription,
} from '..';
import { advanceDunning } from '../dunning/advance-dunning';
import { reconcileBilling } from '../reconcile-billing';
import { createSubscriptionInput } from '../schemas';

// A score of calls over the network and as many transactions.
vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const DAY = 86_400_000;
const FAILS_WHEN_CHARGED = '4000 0000 0000 0341';
let tenant: TimedTenant;
let ctx: Ctx;

beforeEach(async () => {
  tenant = await tenantInOwnTime(world);
  ctx = tenant.ctx;
});

/** Mails to the owner, but for those about an overdue invoice. */
const mails = async (to = `${tenant.slug}@example.com`) =>
  (await queuedMails(world.admin, { to })).filter(({ template }) => template !== 'payment_overdue');
const templates = async () => (await mails()).map(({ template }) => template);
type Template = Awaited<ReturnType<typeof queuedMails>>[number]['template'];
const of = async (template: Template) =>
  (await mails()).filter((mail) => mail.template === template);

/** Whatever looks, however often and at once. */
async function lookAgain(): Promise<void> {
  await Promise.all([1, 2, 3, 4].map(() => advanceDunning(ctx)));
  await Promise.all([convergeBilling(ctx), convergeBilling(ctx, 'all')]);
}

async function trial(card: string | null = '4242 4242 4242 4242'): Promise<string> {
  const wish = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 14 };
  const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
  if (card) await pay(made.checkout_url, card);
  await refreshCheckout(ctx);
  return made.id;
}

/** When somebody looks at the trial again, in days from now. */
async function waiting(tenantId = ctx.tenantId): Promise<number | null> {
  const { rows } = await world.admin.query<{ run_at: Date }>(
    'SELECT run_at FROM graphile_worker._private_jobs WHERE key = $1',
    [`trial:${tenantId}`],
  );
  const [job] = rows;
  return job ? Math.round((job.run_at.getTime() - Date.now()) / DAY) : null;
}

describe('a trial near its end', () => {
  it('is told three days before, once, with what is charged to which card', async () => {
    await trial();
    expect(await waiting()).toBe(11);
    await tenant.travel(10.9);
    await lookAgain();
    expect(await templates()).toEqual([]);
    await tenant.travel(11.1);
    await lookAgain();
    const told = await mails();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      template: 'trial_ending',
      outcome: 'charged',
      planName: 'Professional',
      tenantName: 'Acme',
      price: '$199.00 a month',
      paidBy: 'your Visa ending 4242',
      link: expect.stringMatching(/\/billing$/),
    });
    await tenant.travel(14.1);
    await lookAgain();
    expect(await templates()).toEqual(['trial_ending', 'receipt']);
  });

  it('says that a card is missing, and afterwards that the plan has ended with it', async () => {
    await trial(null);
    await tenant.travel(12);
    expect(await mails()).toMatchObject([{ template: 'trial_ending', outcome: 'card_missing' }]);
    await tenant.travel(14.1);
    await lookAgain();
    expect((await mails()).slice(1)).toMatchObject([
      { template: 'subscription_ended', reason: 'trial_over', planName: 'Professional' },
    ]);
  });

  it('isn’t told where its end was asked for', async () => {
    const id = await trial();
    await cancelSubscription(ctx, id, { when: 'period_end' });
    await tenant.travel(12);
    await lookAgain();
    expect(await mails()).toMatchObject([{ template: 'subscription_ending', onTrial: true }]);
  });

  it('is told of an organisation that bought nothing, found by the nightly comparison', async () => {
    const young = await createTenant(world, { ageDays: 10 });
    const old = await createTenant(world, { ageDays: 12 });
    const closed = await createTenant(world, { ageDays: 12 });
    await world.admin.query('UPDATE tenant SET deleted_at = now() WHERE id = $1', [
      closed.ctx.tenantId,
    ]);
    await reconcileBilling(infoAt(systemClock));
    expect(await waiting(young.ctx.tenantId)).toBe(1);
    expect(await waiting(old.ctx.tenantId)).toBe(-1);
    expect(await waiting(closed.ctx.tenantId)).toBeNull();
    for (const { tenantId } of [young.ctx, old.ctx, old.ctx]) {
      await doJob(systemClock, 'billing.dunning', { tenantId });
    }
    const about = (slug: string) => mails(`${slug}@example.com`);
    expect(await about(young.slug)).toEqual([]);
    expect(await about(old.slug)).toMatchObject([
      { template: 'trial_ending', outcome: 'plan_missing', price: null },
    ]);
  });

  it('reaches those who may pay, and nobody else', async () => {
    for (const role of ['billing', 'viewer']) {
      const userId = newId();
      await world.admin.query(
        `INSERT INTO "user" (id, email, created_at, updated_at) VALUES ($1, $2, now(), now())`,
        [userId, `${role}@${tenant.slug}.example`],
      );
      await world.admin.query(
        `INSERT INTO membership (tenant_id, id, user_id, role, created_at) VALUES ($1, $2, $3, $4, now())`,
        [ctx.tenantId, newId(), userId, role],
      );
    }
    await trial();
    await tenant.travel(11.1);
    expect(await mails(`billing@${tenant.slug}.example`)).toHaveLength(1);
    expect(await mails(`viewer@${tenant.slug}.example`)).toEqual([]);
  });
});

describe('money', () => {
  it('that arrived has one receipt an invoice, and none where nothing was paid', async () => {
    await trial();
    await lookAgain();
    expect(await of('receipt')).toEqual([]);
    await tenant.travel(14.1);
    await lookAgain();
    const [paid] = (await listInvoices(ctx, { limit: 1 })).data;
    expect(await of('receipt')).toMatchObject([
      {
        amount: '$199.00',
        invoice: paid?.number,
        link: expect.stringContaining(`/billing/invoices/${paid?.id}`),
        lines: [expect.stringMatching(/Professional.*\$199\.00/)],
      },
    ]);
  });

  it('that was overdue and arrives ends the reminders, once', async () => {
    await trial(FAILS_WHEN_CHARGED);
    await tenant.travel(14.1);
    await tenant.travel(20);
    expect(await of('payment_returned')).toEqual([]);
    const { data } = await listInvoices(ctx, { limit: 1 });
    expect(await pay(data[0]?.hosted_url ?? null)).toBe(303);
    await lookAgain();
    expect(await of('payment_returned')).toMatchObject([{ planName: 'Professional' }]);
    expect(await of('receipt')).toHaveLength(1);
    await tenant.travel(25);
    await lookAgain();
    expect(await of('payment_returned')).toHaveLength(1);
  });

  it('that fails for another card brings no news', async () => {
    await subscribe(ctx);
    const before = await templates();
    const id = (await createdSubscription()) ?? '';
    const page = await renewCardPage({ ...ctx, clock: systemClock }, id);
    await pay(page.checkout_url);
    await refreshCheckout(ctx);
    expect(await templates()).toEqual(before);
  });
});

const createdSubscription = async () => (await refreshCheckout(ctx))?.id;

describe('an end', () => {
  it('that was asked for is told with its day and how to take it back, each time anew', async () => {
    const { id } = await subscribe(ctx);
    await cancelSubscription(ctx, id, { when: 'period_end' });
    await lookAgain();
    const [first] = await of('subscription_ending');
    const { cancel_at: until } = await resumeSubscription(ctx, id).then(async () => {
      await cancelSubscription(ctx, id, { when: 'period_end' });
      return (await refreshCheckout(ctx)) ?? { cancel_at: null };
    });
    expect(first).toMatchObject({ onTrial: false, planName: 'Professional', until });
    expect(await of('subscription_ending')).toHaveLength(2);
    await tenant.travel(32);
    await lookAgain();
    expect(await of('subscription_ended')).toMatchObject([{ reason: 'asked', endedAt: until }]);
  });

  it('at once is told as one', async () => {
    const { id } = await subscribe(ctx);
    await cancelSubscription(ctx, id, { when: 'now' });
    await lookAgain();
    expect(await of('subscription_ending')).toEqual([]);
    expect(await of('subscription_ended')).toMatchObject([{ reason: 'asked' }]);
  });

  it('of what never began is nobody’s news', async () => {
    const wish = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 0 };
    const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
    await cancelSubscription(ctx, made.id, { when: 'now' });
    await lookAgain();
    expect(await templates()).toEqual([]);
  });

  it('has no half of an effect when whoever writes it dies before the end', async () => {
    await subscribe(ctx);
    const before = await templates();
    await stripe().subscriptions.cancel((await subscriptionAtStripe(world, ctx)).id);
    // The queue refuses the mail: among the last things that the transaction does.
    await world.admin.query('ALTER FUNCTION door.enqueue RENAME TO enqueue_away');
    try {
      await expect(convergeBilling(ctx)).rejects.toThrow(/enqueue/);
    } finally {
      await world.admin.query('ALTER FUNCTION door.enqueue_away RENAME TO enqueue');
    }
    expect(await templates()).toEqual(before);
    await lookAgain();
    expect(await of('subscription_ended')).toMatchObject([{ reason: 'provider' }]);
  });
});

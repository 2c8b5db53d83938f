import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { convergeBilling, createSubscription, refreshCheckout } from '@/lib/domains/billing';
import { createSubscriptionInput } from '@/lib/domains/billing/schemas';
import { grantTrial } from '@/lib/domains/entitlements';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { stripe } from '@/lib/infra/stripe';
import type { Role } from '@/lib/kernel/access';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { type Sandbox, startSandbox } from '@/sandbox/index';
import { GOOD_CARD, post } from '@/sandbox/testing';
import type { TestDatabase } from './test-database';
import { type Delivery, listen, mailbox, proxy, type Trouble } from './troubled-provider';

const DAY = 86_400_000;

export type World = {
  admin: pg.Client;
  /** The one that answers; another may take its place. */
  sandbox: Sandbox;
  /** Settings by which another process of the product reaches this provider too. */
  env: Record<string, string>;
  /** Where a sandbox tells the mailbox of its events. */
  webhookUrl: string;
  /** Everything the provider has told since the last call, in its order. */
  deliveries: () => Promise<Delivery[]>;
  trouble: (trouble: Trouble) => Trouble;
  /** Days by which the provider's clock is ahead; it only goes forward. */
  daysAhead: number;
  /** Calls that reached the provider, as `POST /v1/customers`. */
  calls: string[];
};

type RunningWorld = World & { stop: () => Promise<void> };

export type NewTenant = { ctx: Ctx; slug: string; userId: string; as: (role: Role) => Ctx };

/** The payment sandbox, a mailbox for its webhooks and a connection to the database at `adminUrl`. */
export async function startBillingWorld(adminUrl: string): Promise<RunningWorld> {
  const world = {} as RunningWorld;
  await begin(world, adminUrl);
  return world;
}

/** Fills in a world that tests already hold. */
async function begin(world: RunningWorld, adminUrl: string): Promise<void> {
  const kept: Delivery[] = [];
  const troubles: Trouble[] = [];
  world.calls = [];
  world.daysAhead = 0;
  const hook = mailbox(kept);
  const between = proxy(() => world.sandbox.url, troubles, world.calls);
  world.trouble = (trouble) => {
    troubles.push(trouble);
    return trouble;
  };
  world.deliveries = async () => {
    await world.sandbox.deliverPending();
    return kept.splice(0);
  };
  world.webhookUrl = await listen(hook);
  world.env = { STRIPE_API_BASE: await listen(between) };
  Object.assign(process.env, world.env);
  const webhookSecret = process.env.STRIPE_WEBHOOK_SECRET ?? '';
  const { webhookUrl } = world;
  world.sandbox = await startSandbox({ port: 0, smtpPort: 0, webhookUrl, webhookSecret });
  world.admin = new pg.Client({ connectionString: adminUrl });
  await world.admin.connect();
  world.stop = async () => {
    await world.sandbox.close();
    between.closeAllConnections();
    hook.closeAllConnections();
    between.close();
    hook.close();
    await world.admin.end();
    await closeDatabase();
  };
}

/** The world of one test file. Call it once at the top level, after `useTestDatabase()`. */
export function useBillingWorld(database: TestDatabase): World {
  const world = {} as RunningWorld;
  beforeAll(() => begin(world, database.adminUrl));
  afterAll(() => world.stop());
  return world;
}

/** A tenant as sign-up makes it: on trial, with an owner. `ageDays` puts the sign-up into the past. */
export async function createTenant(
  world: World,
  { ageDays = 0 }: { ageDays?: number } = {},
): Promise<NewTenant> {
  const tenantId = newId();
  const userId = newId();
  const slug = `t-${tenantId.slice(-12)}`;
  const born = new Date(Date.now() - ageDays * DAY);
  const as = (role: Role): Ctx => ({
    tenantId,
    actor: {
      kind: 'member',
      userId,
      role,
      sessionId: newId(),
      via: 'cookie',
      emailVerified: true,
    },
    requestId: 'req_test_billing',
    clock: systemClock,
    ip: '127.0.0.1',
    userAgent: null,
  });
  const ctx = as('owner');
  await world.admin.query(
    `INSERT INTO tenant (id, slug, skeleton, name, type, status, trial_ends_at, created_at, updated_at)
     VALUES ($1, $2, $2, 'Acme', 'small_business', 'trial', $3, $4, $4)`,
    [tenantId, slug, new Date(born.getTime() + 14 * DAY), born],
  );
  await world.admin.query(
    `INSERT INTO "user" (id, email, created_at, updated_at) VALUES ($1, $2, now(), now())`,
    [userId, `${slug}@example.com`],
  );
  await world.admin.query(
    `INSERT INTO membership (tenant_id, id, user_id, role, created_at) VALUES ($1, $2, $3, 'owner', now())`,
    [tenantId, newId(), userId],
  );
  const past = { ...ctx, clock: { now: () => born } };
  await withTenant(past, (tx) => grantTrial(tx, past));
  return { ctx, slug, userId, as };
}

/** Fills in the hosted page as a browser does; the status tells what came of it (303: done). */
export async function pay(
  checkoutUrl: string | null,
  cardNumber = '4242 4242 4242 4242',
): Promise<number> {
  const answer = await post(checkoutUrl ?? '', { ...GOOD_CARD, cardNumber });
  await answer.text();
  return answer.status;
}

/** Moves the provider's time to so many days from now; what falls due on the way is done. */
export async function providerTime(world: World, days: number): Promise<void> {
  const answer = await fetch(`${world.sandbox.url}/_sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offset_seconds: days * 86_400 }),
  });
  if (answer.status !== 200) throw new Error(`the clock answered ${answer.status}`);
  world.daysAhead = days;
}

/** Lets so many days more pass at the provider, and takes over what came of it for a tenant. */
export async function passDays(world: World, ctx: Ctx, days: number): Promise<void> {
  await providerTime(world, world.daysAhead + days);
  await convergeBilling(ctx);
}

/** Sells a plan by the month, paid from today by a good card, and gives the subscription as it was made. */
export async function subscribe(
  ctx: Ctx,
  of: { plan?: 'professional' | 'enterprise'; coupon?: string | undefined; card?: string } = {},
) {
  const { plan = 'professional', coupon, card } = of;
  const wish = { plan_id: plan, billing_cycle: 'monthly', trial_days: 0, coupon };
  const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
  await pay(made.checkout_url, card);
  await refreshCheckout(ctx);
  return made;
}

/** The one subscription of a tenant, as Stripe has it. */
export async function subscriptionAtStripe(world: World, { tenantId }: Ctx) {
  const { rows } = await world.admin.query<{ provider_id: string }>(
    'SELECT provider_id FROM subscription WHERE tenant_id = $1',
    [tenantId],
  );
  return stripe().subscriptions.retrieve(rows[0]?.provider_id ?? '');
}

/** Has a tenant's subscription charged to another card, by one of Stripe's test names. */
export async function chargeTo(world: World, ctx: Ctx, card: string): Promise<void> {
  const { id, customer } = await subscriptionAtStripe(world, ctx);
  if (typeof customer !== 'string') throw new Error('the customer isn’t expanded');
  const method = await stripe().paymentMethods.attach(card, { customer });
  await stripe().subscriptions.update(id, { default_payment_method: method.id });
}

/** What happened to a tenant's subscription and what it was worth a month, oldest first. */
export async function valueEvents(world: World, { tenantId }: Ctx) {
  const { rows } = await world.admin.query<{ cause: string; before: number; after: number }>(
    `SELECT cause, monthly_before::int AS before, monthly_after::int AS after
     FROM subscription_event WHERE tenant_id = $1 ORDER BY at, id`,
    [tenantId],
  );
  return rows;
}

/** Actions in a tenant's audit log, oldest first. */
export async function auditActions(world: World, ctx: Ctx): Promise<string[]> {
  const { rows } = await world.admin.query<{ action: string }>(
    'SELECT action FROM audit_event WHERE tenant_id = $1 ORDER BY at, id',
    [ctx.tenantId],
  );
  return rows.map((row) => row.action);
}

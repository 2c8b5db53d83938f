import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createSubscription } from '@/lib/domains/billing';
import { createSubscriptionInput } from '@/lib/domains/billing/schemas';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { createTenant, type Delivery, pay, type World } from '@/lib/testing/billing-world';
import { rememberTenant } from '@/lib/testing/rewind-tenant';
import { type Sandbox, startSandbox } from '@/sandbox/index';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** An event and when it was: the number of the part of the life in which it happened. */
export interface Told extends Delivery {
  part: number;
}

/** Six events about a subscription and its invoices, and the provider as it stood after each part of the life. */
export interface Life {
  ctx: Ctx;
  events: Told[];
  /** Puts the tenant back to before any event came. */
  rewind: () => Promise<void>;
  /** Lets the provider, and our clock, stand at the end of a part. */
  standAt: (part: number) => void;
  close: () => Promise<void>;
}

interface Part {
  /** Sets the provider's clock and ours before. */
  days: number;
  act: (at: { customer: string; subscription: string }) => Promise<unknown>;
  /** The events of it that are told, the last of each type. */
  events: string[];
}

const failNextPayment: Part['act'] = async ({ customer, subscription }) => {
  const { paymentMethods, subscriptions } = stripe();
  const { id } = await paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await subscriptions.update(subscription, { default_payment_method: id });
};

const payOpenInvoice: Part['act'] = async ({ customer, subscription }) => {
  const { invoices, paymentMethods, subscriptions } = stripe();
  const { id } = await paymentMethods.attach('pm_card_visa', { customer });
  await subscriptions.update(subscription, { default_payment_method: id });
  const [open] = (await invoices.list({ customer, status: 'open' })).data;
  await invoices.pay(open?.id ?? '');
};

/** Paid, then overdue, then over. */
const ended: Part[] = [
  {
    days: 0,
    act: failNextPayment,
    events: ['customer.subscription.created', 'invoice.finalized', 'invoice.paid'],
  },
  {
    days: 32,
    act: async () => undefined,
    events: ['invoice.payment_failed', 'customer.subscription.updated'],
  },
  {
    days: 33,
    act: ({ subscription }) => stripe().subscriptions.cancel(subscription),
    events: ['customer.subscription.deleted'],
  },
];

/** Paid, then overdue, then paid by another card and paused. */
const paused: Part[] = [
  { days: 0, act: failNextPayment, events: ['customer.subscription.created'] },
  {
    days: 32,
    act: async () => undefined,
    events: ['invoice.finalized', 'invoice.payment_failed', 'customer.subscription.updated'],
  },
  {
    days: 33,
    act: async (at) => {
      await payOpenInvoice(at);
      await stripe().subscriptions.pause(at.subscription, {
        type: 'subscription',
        bill_for: {
          unused_time_from: { type: 'now' },
          outstanding_usage_through: { type: 'none' },
        },
        invoicing_behavior: 'pending_invoice_item',
      });
    },
    events: ['invoice.paid', 'customer.subscription.paused'],
  },
];

export const lives = { ended, paused };

/** Lives a life at the provider, of which nothing is told yet. `folder` holds the provider's states. */
export async function liveThrough(
  world: World,
  parts: readonly Part[],
  folder: string,
): Promise<Life> {
  const clock = { days: 0, now: () => new Date(Date.now() + clock.days * DAY) };
  const tenant = await createTenant(world, { ageDays: 40 });
  const ctx: Ctx = { ...tenant.ctx, clock };
  const live = path.join(folder, 'live');
  const told = {
    webhookUrl: world.webhookUrl,
    webhookSecret: process.env.STRIPE_WEBHOOK_SECRET ?? '',
  };
  const start = (dataDir: string, how: Partial<typeof told> = {}) =>
    startSandbox({ port: 0, smtpPort: 0, dataDir, ...how });
  await world.sandbox.close();
  world.sandbox = await start(live, told);
  const wish = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 0 };
  const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
  const rewind = await rememberTenant(world.admin, ctx.tenantId);
  await pay(made.checkout_url);
  const at = await whereAtStripe(world, ctx);
  const events: Told[] = [];
  const stages: Sandbox[] = [];
  for (const [part, { days, act, events: types }] of parts.entries()) {
    await moveProvider(world, days);
    await act(at);
    const all = await world.deliveries();
    for (const type of types) {
      const event = all.findLast((each) => each.type === type);
      if (!event) throw new Error(`part ${part} told no ${type}`);
      events.push({ ...event, part });
    }
    await world.sandbox.close();
    const kept = path.join(folder, `part-${part}`);
    mkdirSync(kept, { recursive: true });
    cpSync(path.join(live, 'sandbox.json'), path.join(kept, 'sandbox.json'));
    stages.push(await start(kept));
    world.sandbox = await start(live, told);
  }
  await world.sandbox.close();
  return {
    ctx,
    events,
    rewind: async () => {
      await rewind();
      await world.admin.query('DELETE FROM webhook_inbox');
    },
    standAt: (part) => {
      const stage = stages[part];
      if (!stage) throw new RangeError(`no part ${part}`);
      world.sandbox = stage;
      clock.days = parts[part]?.days ?? 0;
    },
    close: async () => {
      await Promise.all(stages.map((each) => each.close()));
      world.sandbox = await startSandbox({ port: 0, smtpPort: 0, ...told });
    },
  };
}

async function whereAtStripe({ admin }: World, { tenantId }: Ctx) {
  const { rows } = await admin.query<{ customer_id: string }>(
    'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
    [tenantId],
  );
  const customer = rows[0]?.customer_id ?? '';
  const [subscription] = (await stripe().subscriptions.list({ customer })).data;
  if (!subscription) throw new Error('the checkout made no subscription');
  return { customer, subscription: subscription.id };
}

async function moveProvider(world: World, days: number): Promise<void> {
  const answer = await fetch(`${world.sandbox.url}/_sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offset_seconds: days * 86_400 }),
  });
  if (answer.status !== 200) throw new Error(`the clock answered ${answer.status}`);
}

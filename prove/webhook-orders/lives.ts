import { createSubscription } from '@/lib/domains/billing';
import { createSubscriptionInput } from '@/lib/domains/billing/schemas';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { createTenant, pay, providerTime, type World } from '@/lib/testing/billing-world';
import type { Delivery } from '@/lib/testing/troubled-provider';
import { ProviderStates } from '@/lib/testing/provider-states';
import { rememberTenant } from '@/lib/testing/rewind-tenant';

const DAY = 86_400_000;

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
  standAt: (part: number) => Promise<void>;
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

/** Lives a life at the provider, of which nothing is told yet. */
export async function liveThrough(world: World, parts: readonly Part[]): Promise<Life> {
  const clock = { days: 0, now: () => new Date(Date.now() + clock.days * DAY) };
  const tenant = await createTenant(world, { ageDays: 40 });
  const ctx: Ctx = { ...tenant.ctx, clock };
  const states = await ProviderStates.begin(world);
  const wish = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 0 };
  const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
  const putBack = await rememberTenant(world.admin, ctx.tenantId);
  await pay(made.checkout_url);
  const at = await whereAtStripe(world, ctx);
  const events: Told[] = [];
  for (const [part, { days, act, events: types }] of parts.entries()) {
    await providerTime(world, days);
    await act(at);
    const all = await world.deliveries();
    for (const type of types) {
      const event = all.findLast((each) => each.type === type);
      if (!event) throw new Error(`part ${part} told no ${type}`);
      events.push({ ...event, part });
    }
    await states.keep(`part-${part}`);
  }
  return {
    ctx,
    events,
    rewind: async () => {
      await putBack();
      await world.admin.query('DELETE FROM webhook_inbox');
    },
    standAt: async (part) => {
      await states.goOnFrom(`part-${part}`);
      clock.days = parts[part]?.days ?? 0;
    },
    close: () => states.forget(),
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

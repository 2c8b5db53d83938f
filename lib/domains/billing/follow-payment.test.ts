import { beforeAll, expect, it, vi } from 'vitest';
import { getEntitlements } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  providerTime,
  useBillingWorld,
  subscribe,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { convergeBilling, getBillingNotice, listInvoices, listSubscriptions } from '.';

// A score of calls over the network and as many transactions.
vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let ctx: Ctx;

beforeAll(async () => {
  ({ ctx } = await createTenant(world, { ageDays: 30 }));
  const answer = await fetch(`${world.sandbox.url}/_sandbox/dunning`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ retry_days: [3, 5], then: 'unpaid' }),
  });
  expect(answer.status).toBe(200);
});

const rights = () => withTenant(ctx, (tx) => getEntitlements(tx, ctx));
const tenantStatus = async () =>
  (await world.admin.query('SELECT status FROM tenant WHERE id = $1', [ctx.tenantId])).rows[0]
    .status;
const subscription = async () => (await listSubscriptions(ctx, { limit: 1 })).data[0];
const newestInvoice = async () => (await listInvoices(ctx, { limit: 1 })).data[0];

it('keeps the rights while a payment is tried again, takes them when it is given up, gives them back when it is paid', async () => {
  await subscribe(ctx);
  const [sub] = (await stripe().subscriptions.list({ limit: 1 })).data;
  const customer = sub?.customer as string;
  const use = async (card: string) => {
    const method = await stripe().paymentMethods.attach(card, { customer });
    await stripe().subscriptions.update(sub?.id ?? '', { default_payment_method: method.id });
    return method.id;
  };
  await use('pm_card_chargeCustomerFail');

  await providerTime(world, 32);
  expect(await convergeBilling(ctx)).toEqual({ changed: true });
  expect(await subscription()).toMatchObject({ status: 'past_due' });
  expect(await newestInvoice()).toMatchObject({ status: 'open', amount_due: { amount: 19_900 } });
  expect(await rights()).toMatchObject({ planId: 'professional', source: 'subscription' });
  expect(await tenantStatus()).toBe('past_due');
  expect(await getBillingNotice(ctx)).toMatchObject({ kind: 'past_due' });

  await providerTime(world, 45);
  expect(await convergeBilling(ctx)).toEqual({ changed: true });
  expect(await subscription()).toMatchObject({ status: 'unpaid' });
  expect(await rights()).toMatchObject({ source: 'none' });
  expect(await getBillingNotice(ctx)).toMatchObject({ kind: 'unpaid' });

  const owed = (await stripe().invoices.list({ customer, status: 'open', limit: 1 })).data[0];
  await stripe().invoices.pay(owed?.id ?? '', { payment_method: await use('pm_card_visa') });
  expect(await convergeBilling(ctx)).toEqual({ changed: true });
  expect(await subscription()).toMatchObject({ status: 'active' });
  expect(await newestInvoice()).toMatchObject({ status: 'paid' });
  expect(await rights()).toMatchObject({ planId: 'professional', source: 'subscription' });
  expect(await tenantStatus()).toBe('active');
  expect(await getBillingNotice(ctx)).toBeNull();

  const actions = await auditActions(world, ctx);
  const moves = actions.filter((action) => /^(subscription|tenant)\./.test(action));
  expect(moves).toEqual([
    'subscription.created',
    'subscription.activated',
    'tenant.status_changed',
    'subscription.payment_failed',
    'tenant.status_changed',
    'subscription.overdue_notice_sent',
    'subscription.payment_given_up',
    'subscription.overdue_notice_sent',
    'subscription.activated',
    'tenant.status_changed',
  ]);
});

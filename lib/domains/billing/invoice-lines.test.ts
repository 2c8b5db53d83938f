import { expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import { createTenant, useBillingWorld, subscribe } from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { changeSubscription, convergeBilling, getInvoice, listInvoices } from '.';

vi.setConfig({ testTimeout: 90_000 });
const DAY = 86_400;
const database = useTestDatabase();
const world = useBillingWorld(database);

async function providerTime(days: number): Promise<void> {
  const answer = await fetch(`${world.sandbox.url}/_sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offset_seconds: days * DAY }),
  });
  expect(answer.status).toBe(200);
}

async function subscribed() {
  const { ctx } = await createTenant(world);
  const made = await subscribe(ctx);
  const [sub] = (await stripe().subscriptions.list({ limit: 1 })).data;
  return { ctx, id: made.id, customer: sub?.customer as string };
}

const kept = async (tenantId: string) =>
  (
    await world.admin.query(
      `SELECT l.kind, l.item_key, l.amount::int, l.proration, l.usage FROM invoice_line l
         JOIN invoice i ON (i.tenant_id, i.id) = (l.tenant_id, l.invoice_id)
       WHERE l.tenant_id = $1 ORDER BY i.number, l.position`,
      [tenantId],
    )
  ).rows;

it('keeps what each line is, what it sells, and what a part is a part of', async () => {
  const { ctx, id } = await subscribed();
  await providerTime(10);
  await changeSubscription(ctx, id, { plan_id: 'enterprise' });
  const [whole, credit, charge, ...rest] = await kept(ctx.tenantId);
  expect(rest).toEqual([]);
  expect(whole).toMatchObject({ kind: 'period', item_key: 'professional', proration: null });
  expect(credit).toMatchObject({
    kind: 'unused_time',
    item_key: 'professional',
    proration: { whole: 19_900 },
  });
  expect(charge).toMatchObject({
    kind: 'remaining_time',
    item_key: 'enterprise',
    proration: { whole: 99_900, ...seconds(credit.proration) },
  });
  for (const line of [credit, charge]) {
    const { whole: price, seconds: part, ofSeconds } = line.proration;
    expect(Math.round((price * part) / ofSeconds)).toBe(Math.abs(line.amount));
  }
  const newest = (await listInvoices(ctx, { limit: 1 })).data[0];
  expect(newest?.number).toMatch(/^NZ-\d{4}-\d{6}$/);
  expect(newest?.provider_number).not.toBe(newest?.number);
  expect(newest?.lines.map(({ kind }) => kind)).toEqual(['unused_time', 'remaining_time']);
  expect(await getInvoice(ctx, newest?.id ?? '')).toEqual(newest);
});

const seconds = ({ seconds, ofSeconds }: { seconds: number; ofSeconds: number }) => ({
  seconds,
  ofSeconds,
});

it('keeps the basis that an overage carries along, and takes nothing for one that is not', async () => {
  const { ctx, customer } = await subscribed();
  const basis = {
    meter: 'api_calls',
    units: 15_000,
    included: 10_000,
    centsPerThousand: 40,
    uncapped: 200,
    billedBefore: 0,
  };
  const of = { customer, currency: 'usd' };
  const item = (amount: number, usage_basis: string) =>
    stripe().invoiceItems.create({
      ...of,
      amount,
      description: 'API calls beyond the plan',
      metadata: { usage_basis },
    });
  await item(200, JSON.stringify(basis));
  await item(-50, JSON.stringify({ ...basis, uncapped: 150, billedBefore: 200 }));
  await item(7, 'not json');
  const made = await stripe().invoices.create({
    ...of,
    collection_method: 'send_invoice',
    days_until_due: 30,
    pending_invoice_items_behavior: 'include',
  });
  await stripe().invoices.finalizeInvoice(made.id);
  await convergeBilling(ctx);
  const lines = (await kept(ctx.tenantId)).slice(1);
  expect(lines).toMatchObject([
    { kind: 'overage', item_key: 'api_calls', amount: 200, usage: basis },
    { kind: 'overage_correction', item_key: 'api_calls', amount: -50 },
    { kind: 'other', item_key: null, amount: 7, usage: null },
  ]);
});

it('knows the basis of a part of what an invoice from before the last reading billed', async () => {
  await providerTime(10);
  const { ctx, id, customer } = await subscribed();
  await providerTime(22);
  const of = { customer, currency: 'usd' };
  await stripe().invoiceItems.create({ ...of, amount: 7, description: 'By hand' });
  const byHand = await stripe().invoices.create({
    ...of,
    pending_invoice_items_behavior: 'include',
  });
  await stripe().invoices.finalizeInvoice(byHand.id);
  await convergeBilling(ctx);
  await providerTime(30);
  await changeSubscription(ctx, id, { plan_id: 'enterprise' });
  const [credit, charge] = (await kept(ctx.tenantId)).slice(2);
  expect(credit).toMatchObject({ kind: 'unused_time', proration: { whole: 19_900 } });
  expect(charge).toMatchObject({ kind: 'remaining_time', proration: { whole: 99_900 } });
  const drift = await world.admin.query('SELECT fields FROM billing_drift WHERE tenant_id = $1', [
    ctx.tenantId,
  ]);
  expect(drift.rows).toEqual([]);
});

import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { getEntitlements } from '@/lib/domains/entitlements';
import { sendQuote, saveQuoteDraft, withdrawQuote } from '@/lib/domains/operator';
import { withTenant } from '@/lib/infra/db';
import { stripe } from '@/lib/infra/stripe';
import type { Role } from '@/lib/kernel/access';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { parsePublicId } from '@/lib/kernel/ids';
import { auditActions, createTenant, pay, useBillingWorld } from '@/lib/testing/billing-world';
import {
  financeOperator,
  offeredQuote,
  quoted,
  sendTo,
  sentQuoteFor,
} from '@/lib/testing/quote-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  acceptQuote,
  cancelSubscription,
  convergeBilling,
  createSubscription,
  declineQuote,
  getQuote,
  listInvoices,
  listSubscriptions,
  previewAcceptance,
} from '..';
import { provisionInBackground } from '../provision-or-give-up';
import { createSubscriptionInput } from '../schemas';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const DAY = 86_400_000;
/** As often as the client tries one call. */
const TRIES = 3;
let operator: OperatorCtx;
let ctx: Ctx;
let as: (role: Role) => Ctx;

beforeAll(async () => {
  operator = await financeOperator(world.admin);
});
beforeEach(async () => {
  ({ ctx, as } = await createTenant(world));
});

const rights = () => withTenant(ctx, (tx) => getEntitlements(tx, ctx));
const subscriptions = async () => (await listSubscriptions(ctx, { limit: 10 })).data;
const invoices = async () => (await listInvoices(ctx, { limit: 10 })).data;
const accept = (id: string, revision = 1, by = ctx) => acceptQuote(by, id, { revision });
const refusal = (code: string) => ({ code });
const later = (days: number): Ctx => ({
  ...ctx,
  clock: { now: () => new Date(Date.now() + days * DAY) },
});
const accepted = async () =>
  (await auditActions(world, ctx)).filter((action) => action === 'quote.accepted').length;

/** What there is at the provider of the tenant's, as far as a second effect would show. */
async function atProvider() {
  const { rows } = await world.admin.query(
    'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
    [ctx.tenantId],
  );
  const customer = rows[0]?.customer_id;
  if (!customer) return { subscriptions: [], invoices: [] };
  const { data: subs } = await stripe().subscriptions.list({ customer, status: 'all' });
  const { data: sent } = await stripe().invoices.list({ customer });
  return {
    subscriptions: subs.map((sub) => ({
      status: sub.status,
      collection: sub.collection_method,
      days: sub.days_until_due,
      amount: sub.items.data[0]?.price.unit_amount,
    })),
    invoices: sent.map(({ status, amount_due }) => ({ status, amount_due })),
  };
}
const once = {
  subscriptions: [{ status: 'active', collection: 'send_invoice', days: 30, amount: 2_400_000 }],
  invoices: [{ status: 'open', amount_due: 2_400_000 }],
};

describe('accepting a quote', () => {
  it('begins a subscription by invoice with the quote’s price, limits and terms', async () => {
    const sent = await sentQuoteFor(ctx, operator);
    expect(await previewAcceptance(ctx, sent.id)).toEqual({
      kind: 'starts',
      first_invoice: { amount: 2_400_000, currency: 'usd' },
      due_days: 30,
    });
    const answer = await accept(sent.id);
    expect(answer).toMatchObject({ status: 'accepted', sent: { revision: 1 } });
    expect(await subscriptions()).toMatchObject([
      {
        id: answer.subscription_id,
        status: 'active',
        plan_id: 'institutional',
        billing_cycle: 'annual',
        invoice_days: 30,
        checkout_url: null,
        being_changed: false,
      },
    ]);
    expect(await rights()).toMatchObject({
      planId: 'institutional',
      source: 'subscription',
      limits: quoted().limits,
    });
    const [invoice, ...more] = await invoices();
    expect(more).toEqual([]);
    expect(invoice).toMatchObject({
      status: 'open',
      total: { amount: 2_400_000, currency: 'usd' },
      amount_due: { amount: 2_400_000, currency: 'usd' },
    });
    const span = Date.parse(invoice?.due_at ?? '') - Date.parse(invoice?.issued_at ?? '');
    expect(Math.round(span / DAY)).toBe(30);
    expect(await auditActions(world, ctx)).toEqual(
      expect.arrayContaining([
        'quote.requested',
        'quote.sent',
        'quote.accepted',
        'subscription.created',
        'subscription.activated',
        'invoice.issued',
      ]),
    );
    expect(await atProvider()).toEqual(once);
    expect(await pay(invoice?.hosted_url ?? null)).toBe(303);
    await convergeBilling(ctx);
    expect(await invoices()).toMatchObject([{ status: 'paid' }]);
  });

  it('begins nothing while an invoice of before is unpaid', async () => {
    const first = await accept((await sentQuoteFor(ctx, operator)).id);
    await cancelSubscription(ctx, first.subscription_id ?? '', { when: 'now' });
    const [unpaid] = await invoices();
    const second = await offeredQuote(ctx, operator);
    await expect(accept(second.id)).rejects.toMatchObject({
      code: 'invoice_unpaid',
      extra: { invoice_number: unpaid?.number, pay_url: unpaid?.hosted_url },
    });
    expect(await previewAcceptance(ctx, second.id)).toMatchObject({
      kind: 'blocked',
      code: 'invoice_unpaid',
    });
    expect(await getQuote(ctx, second.id)).toMatchObject({ status: 'sent' });
    expect(await pay(unpaid?.hosted_url ?? null)).toBe(303);
    // No webhook has told of it yet: who accepts asks first.
    expect(await accept(second.id)).toMatchObject({ status: 'accepted' });
  });

  it('is for owners of the tenant that it was sent to', async () => {
    const { id } = await sentQuoteFor(ctx, operator);
    for (const role of ['admin', 'billing', 'manager', 'viewer'] as const) {
      await expect(accept(id, 1, as(role))).rejects.toMatchObject({ kind: 'forbidden' });
    }
    const other = await createTenant(world);
    await expect(accept(id, 1, other.ctx)).rejects.toMatchObject({ kind: 'not_found' });
    expect(await subscriptions()).toEqual([]);
    expect(await getQuote(ctx, id)).toMatchObject({ status: 'sent' });
  });

  it('doesn’t know of what operators have yet to send', async () => {
    const begun = await offeredQuote(ctx, operator);
    await world.admin.query(
      `UPDATE quote SET status = 'draft', revision = 0, valid_until = NULL WHERE tenant_id = $1`,
      [ctx.tenantId],
    );
    await expect(getQuote(ctx, begun.id)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(accept(begun.id)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('lets a checkout that was left open go', async () => {
    const input = { plan_id: 'starter', billing_cycle: 'monthly', trial_days: 0 };
    const open = await createSubscription(ctx, createSubscriptionInput.parse(input));
    const { id } = await sentQuoteFor(ctx, operator);
    await accept(id);
    expect(await subscriptions()).toMatchObject([
      { plan_id: 'institutional', status: 'active' },
      { id: open.id, status: 'cancelled' },
    ]);
    expect(await pay(open.checkout_url)).not.toBe(303);
    expect(await atProvider()).toEqual(once);
  });
});

describe('a quote that can’t be accepted any more', () => {
  it('has run out, whether anybody has written that down or not', async () => {
    const { id } = await sentQuoteFor(ctx, operator);
    await expect(accept(id, 1, later(16))).rejects.toMatchObject(refusal('quote_expired'));
    expect(await getQuote(later(16), id)).toMatchObject({ status: 'expired' });
    expect(await previewAcceptance(later(16), id)).toMatchObject({
      kind: 'blocked',
      code: 'quote_expired',
    });
    expect(await subscriptions()).toEqual([]);
    // On its last day, to the end.
    await accept(id, 1, later(14));
  });

  it('was withdrawn, or declined', async () => {
    const { id } = await sentQuoteFor(ctx, operator);
    await withdrawQuote(operator, { id, reason: 'A mistake in the price.' });
    await expect(accept(id)).rejects.toMatchObject(refusal('quote_withdrawn'));
    const revised = await sendTo(operator, { id, draft_revision: 2 });
    expect(revised).toMatchObject({ status: 'sent', revision: 2 });
    await declineQuote(ctx, id, { revision: 2, reason: 'Too dear.' });
    await expect(accept(id, 2)).rejects.toMatchObject(refusal('quote_declined'));
    expect(await subscriptions()).toEqual([]);
  });

  it('was revised after it was opened', async () => {
    const sent = await sentQuoteFor(ctx, operator);
    const { id } = sent;
    await sendTo(operator, sent, quoted({ price: 2_000_000 }));
    await expect(accept(id)).rejects.toMatchObject(refusal('quote_revised'));
    await accept(id, 2);
    expect(await invoices()).toMatchObject([{ total: { amount: 2_000_000 } }]);
  });
});

describe('accepting twice', () => {
  it('has one effect, in how many tabs ever', async () => {
    const { id } = await sentQuoteFor(ctx, operator);
    const answers = await Promise.all(Array.from({ length: 8 }, () => accept(id)));
    expect(new Set(answers.map((answer) => answer.subscription_id)).size).toBe(1);
    expect(await accept(id)).toEqual(answers[0]);
    expect(await subscriptions()).toHaveLength(1);
    expect(await accepted()).toBe(1);
    expect(await atProvider()).toEqual(once);
  });

  it('against an operator who withdraws: one of them wins, and both sides say who', async () => {
    for (let round = 0; round < 4; round += 1) {
      ({ ctx, as } = await createTenant(world));
      const { id } = await sentQuoteFor(ctx, operator);
      const [yes, no] = await Promise.allSettled([
        accept(id),
        withdrawQuote(operator, { id, reason: 'A mistake in the price.' }),
      ]);
      const { status } = await getQuote(ctx, id);
      const won = status === 'accepted';
      expect([yes.status, no.status]).toEqual(
        won ? ['fulfilled', 'rejected'] : ['rejected', 'fulfilled'],
      );
      const lost = won ? no : yes;
      expect(lost).toMatchObject({ reason: { code: `quote_${status}` } });
      expect(await subscriptions()).toHaveLength(won ? 1 : 0);
    }
  });

  it('against an operator who sends a revision: never at a price that wasn’t read', async () => {
    const sent = await sentQuoteFor(ctx, operator);
    const { id } = sent;
    const content = quoted({ price: 9_900_000 });
    const draft = await saveQuoteDraft(operator, {
      id,
      draft_revision: sent.draft_revision,
      content,
    });
    const [yes] = await Promise.allSettled([
      accept(id),
      sendQuote(operator, { id, draft_revision: draft.draft_revision }),
    ]);
    const won = yes.status === 'fulfilled';
    expect(won ? null : yes.reason.code).toBe(won ? null : 'quote_revised');
    expect(await atProvider()).toEqual(won ? once : { subscriptions: [], invoices: [] });
  });
});

describe('while the provider is away', () => {
  it('is accepted, and made true after any step that died, without a second effect', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let skip = 0; ; skip += 1) {
        ({ ctx, as } = await createTenant(world));
        const { id } = await sentQuoteFor(ctx, operator);
        const trouble = world.trouble({ path: '/v1/', when, times: TRIES, writes: true, skip });
        const answer = await accept(id);
        expect(answer).toMatchObject({ status: 'accepted' });
        const struck = trouble.times === 0;
        trouble.times = 0;
        // What the job does a minute later, more than once.
        const subscription = parsePublicId('subscription', answer.subscription_id ?? '') ?? '';
        await provisionInBackground(ctx, subscription);
        await provisionInBackground(ctx, subscription);
        expect(await atProvider()).toEqual(once);
        expect(await rights()).toMatchObject({ planId: 'institutional' });
        expect(await accepted()).toBe(1);
        if (!struck) break;
      }
    }
  });

  it('stays open when the provider refuses it for good, and says so', async () => {
    const { id } = await sentQuoteFor(ctx, operator, quoted({ currency: 'eur' }));
    // Somebody at the provider billed this customer in dollars, which nobody here knows of.
    const { id: customer } = await stripe().customers.create({
      metadata: { tenant_id: 'elsewhere' },
    });
    await stripe().invoiceItems.create({ customer, amount: 100, currency: 'usd' });
    await world.admin.query(
      `INSERT INTO billing_customer (tenant_id, gateway, customer_id, created_at) VALUES ($1, 'stripe', $2, now())`,
      [ctx.tenantId, customer],
    );
    await expect(accept(id)).rejects.toMatchObject(refusal('provider_refused'));
    expect(await getQuote(ctx, id)).toMatchObject({ status: 'sent', subscription_id: null });
    expect(await subscriptions()).toMatchObject([{ status: 'cancelled' }]);
    expect(await auditActions(world, ctx)).toContain('quote.acceptance_refused');
    expect(await rights()).toMatchObject({ source: 'trial' });
    await withdrawQuote(operator, { id, reason: 'The wrong currency.' });
  });
});

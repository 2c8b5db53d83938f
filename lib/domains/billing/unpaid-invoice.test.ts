import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  chargeTo,
  createTenant,
  type NewTenant,
  passDays,
  subscribe,
  subscriptionAtStripe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { GOOD_CARD, post } from '@/sandbox/testing';
import {
  cancelSubscription,
  convergeBilling,
  createSubscription,
  getOverview,
  getSubscription,
  listInvoices,
  reactivateSubscription,
} from '.';
import { idOf } from './gateways/stripe/from-stripe';
import { createSubscriptionInput } from './schemas';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let tenant: NewTenant;
let ctx: Ctx;
let id: string;

/** A subscription whose second month could not be charged, ended at once. */
beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
  id = (await subscribe(ctx)).id;
  await chargeTo(world, ctx, 'pm_card_chargeCustomerFail');
  await passDays(world, ctx, 32);
  expect(await getSubscription(ctx, id)).toMatchObject({ status: 'past_due' });
  await cancelSubscription(ctx, id, { when: 'now' });
});

const begin = () =>
  createSubscription(
    ctx,
    createSubscriptionInput.parse({
      plan_id: 'starter',
      billing_cycle: 'monthly',
      trial_days: 0,
    }),
  );
const invoices = async () => (await listInvoices(ctx, { limit: 10 })).data;
const atStripe = async () => {
  const { customer } = await subscriptionAtStripe(world, ctx);
  const { data } = await stripe().invoices.list({ customer: idOf(customer) ?? '' });
  const invoice = data.find(({ status }) => status === 'open');
  if (!invoice) throw new Error('nothing is open there');
  return invoice;
};

describe('what is unpaid when a subscription is cancelled now', () => {
  it('stays open, is tried no more by itself, and is paid before anything else begins', async () => {
    const [open] = await invoices();
    expect(open).toMatchObject({ status: 'open', amount_due: { amount: 19_900 } });
    expect(await atStripe()).toMatchObject({ auto_advance: false, next_payment_attempt: null });
    await passDays(world, ctx, 20);
    expect((await invoices())[0]).toMatchObject({ id: open?.id, status: 'open' });

    const refusal = {
      kind: 'conflict',
      code: 'invoice_unpaid',
      detail: expect.stringContaining(`${open?.number}`),
      extra: { invoice_id: open?.id, invoice_number: open?.number, pay_url: open?.hosted_url },
    };
    await expect(begin()).rejects.toMatchObject(refusal);
    await expect(reactivateSubscription(ctx, id)).rejects.toMatchObject(refusal);
    expect(await getOverview(ctx)).toMatchObject({
      subscription: null,
      unpaid: { number: open?.number, owed: { amount: 19_900 }, pay_url: open?.hosted_url },
    });

    const paid = await post(open?.hosted_url ?? '', GOOD_CARD);
    expect(paid.status).toBe(303);
    // No webhook has told of it yet: who begins asks first.
    expect(await begin()).toMatchObject({ status: 'incomplete' });
    expect((await invoices())[0]).toMatchObject({ id: open?.id, status: 'paid' });
    expect((await getOverview(ctx)).unpaid).toBeNull();
  });

  it.each([
    ['written off', (invoice: string) => stripe().invoices.markUncollectible(invoice)],
    ['voided', (invoice: string) => stripe().invoices.voidInvoice(invoice)],
  ])('is asked for no more once it is %s', async (_, settle) => {
    await settle((await atStripe()).id);
    expect(await begin()).toMatchObject({ status: 'incomplete' });
  });

  it('is refused to all of several who begin at the same time', async () => {
    const begun = await Promise.allSettled([begin(), begin(), reactivateSubscription(ctx, id)]);
    expect(begun.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await convergeBilling(ctx);
    expect((await getOverview(ctx)).subscription).toBeNull();
  });
});

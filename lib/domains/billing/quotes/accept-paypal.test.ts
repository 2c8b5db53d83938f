import { expect, it, vi } from 'vitest';
import { createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { answerPage, askByPayPal, usePayPalWorld } from '@/lib/testing/paypal-world';
import { financeOperator, sentQuoteFor } from '@/lib/testing/quote-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  acceptQuote,
  cancelSubscription,
  getQuote,
  getSubscription,
  listSubscriptions,
  previewAcceptance,
  refreshCheckout,
} from '..';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);

it('a quote over what PayPal collects says what to do first, changes nothing, and is accepted after that', async () => {
  const operator = await financeOperator(world.admin);
  const { ctx } = await createTenant(world, { ageDays: 40 });
  const { id } = await askByPayPal(ctx);
  await answerPage(payPal, (await getSubscription(ctx, id)).checkout_url);
  await refreshCheckout(ctx);
  const quote = await sentQuoteFor(ctx, operator);
  const accept = () => acceptQuote(ctx, quote.id, { revision: 1 });
  expect(await previewAcceptance(ctx, quote.id)).toMatchObject({
    kind: 'blocked',
    code: 'gateway_sends_no_invoices',
  });
  await expect(accept()).rejects.toMatchObject({ code: 'gateway_sends_no_invoices' });
  expect(await getQuote(ctx, quote.id)).toMatchObject({ status: 'sent' });
  expect(await getSubscription(ctx, id)).toMatchObject({ status: 'active', gateway: 'paypal' });
  await cancelSubscription(ctx, id, { when: 'now' });
  expect(await accept()).toMatchObject({ status: 'accepted' });
  expect((await listSubscriptions(ctx, { limit: 10 })).data).toMatchObject([
    { status: 'active', gateway: 'stripe', plan_id: 'institutional', invoice_days: 30 },
    { id, status: 'cancelled' },
  ]);
});

import { beforeAll, expect, it, vi } from 'vitest';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { countCalls, useMovedTime } from '@/lib/testing/overage-world';
import { doJob } from '@/lib/testing/queued-jobs';
import { financeOperator, quoted, sentQuoteFor } from '@/lib/testing/quote-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { acceptQuote, getOverage, listInvoices, setOverage } from '..';
import type { QuoteContent } from './schemas';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const time = useMovedTime(world);
let operator: OperatorCtx;

beforeAll(async () => {
  operator = await financeOperator(world.admin);
});

const LIMIT = 5_000_000;
const beyond: Partial<QuoteContent> = {
  overage: { api_calls: 8 },
  features: ['api_read', 'api_write', 'usage_overage'],
};

it('lets a quote carry a price for use beyond its limit, which is then invoiced as the quote is', async () => {
  const tenant = await createTenant(world);
  const ctx: Ctx = { ...tenant.ctx, clock: time.clock };
  const quote = await sentQuoteFor(ctx, operator, quoted(beyond));
  expect(quote.revisions[0]?.overage).toEqual({ api_calls: { amount: 8, currency: 'usd' } });
  await acceptQuote(ctx, quote.id, { revision: 1 });
  expect((await getOverage(ctx)).data).toMatchObject([
    { meter: 'api_calls', mode: 'off', price_per_thousand: { amount: 8 } },
  ]);
  await setOverage(ctx, 'api_calls', { mode: 'on' });
  await countCalls(world, ctx, LIMIT + 250_000, time.clock.now());
  const over = time.month(1);
  await time.moveTo(new Date(over.getTime() + 300_000));
  for (let time = 0; time < 2; time += 1) {
    await doJob(ctx.clock, 'billing.close_months', { tenantId: ctx.tenantId });
  }
  const [invoice, first] = (await listInvoices(ctx, { limit: 5 })).data;
  expect(first?.total.amount).toBe(2_400_000);
  // 250 thousand at 8 cents, not charged to a card: there is none.
  expect(invoice).toMatchObject({ status: 'open', total: { amount: 2_000 } });
  const days =
    (Date.parse(invoice?.due_at ?? '') - Date.parse(invoice?.issued_at ?? '')) / 86_400_000;
  expect(Math.round(days)).toBe(30);
});

it.each<[string, Partial<QuoteContent>]>([
  ['price_missing', { features: ['api_read', 'usage_overage'] }],
  ['feature_missing', { overage: { api_calls: 8 } }],
  ['nothing_beyond', { ...beyond, limits: { ...quoted().limits, api_calls_per_month: null } }],
])('is refused with %s where that could not work', async (code, content) => {
  const { ctx } = await createTenant(world);
  await expect(sentQuoteFor(ctx, operator, quoted(content))).rejects.toMatchObject({ code });
});

it('knows of no price in what was written before there were any', async () => {
  const { overage: _, ...before } = quoted();
  const { quoteContent } = await import('./schemas');
  expect(quoteContent.parse(before).overage).toEqual({ api_calls: null });
});

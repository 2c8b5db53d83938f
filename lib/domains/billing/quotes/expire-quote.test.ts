import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { parsePublicId } from '@/lib/kernel/ids';
import { auditActions, createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { financeOperator, sendTo, sentQuoteFor } from '@/lib/testing/quote-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { getQuote } from '..';
import { expireQuote } from './expire-quote';

vi.setConfig({ testTimeout: 60_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const DAY = 86_400_000;
let operator: OperatorCtx;
let ctx: Ctx;

beforeAll(async () => {
  operator = await financeOperator(world.admin);
});
beforeEach(async () => {
  ({ ctx } = await createTenant(world));
});

const uuidOf = (id: string) => parsePublicId('quote', id) ?? '';

describe('a quote that nobody answered', () => {
  it('runs out by its job, once, and is open again with a new revision', async () => {
    const sent = await sentQuoteFor(ctx, operator);
    const then: Ctx = { ...ctx, clock: { now: () => new Date(Date.now() + 16 * DAY) } };
    await expireQuote(ctx, uuidOf(sent.id), 1);
    expect(await getQuote(ctx, sent.id)).toMatchObject({ status: 'sent' });
    await expireQuote(then, uuidOf(sent.id), 1);
    await expireQuote(then, uuidOf(sent.id), 1);
    expect(await auditActions(world, ctx)).toEqual([
      'quote.requested',
      'quote.sent',
      'quote.expired',
    ]);
    expect(await getQuote(ctx, sent.id)).toMatchObject({ status: 'expired' });
    const again = await sendTo(operator, sent);
    expect(again).toMatchObject({ status: 'sent', revision: 2, decided_at: null });
    await expireQuote(then, uuidOf(sent.id), 1);
    expect(await getQuote(ctx, sent.id)).toMatchObject({ status: 'sent' });
  });
});

import { expect, it, vi } from 'vitest';
import { useBillingWorld } from '@/lib/testing/billing-world';
import { countCalls, overageTenant, useMovedTime } from '@/lib/testing/overage-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { cancelSubscription, convergeBilling, listInvoices } from '..';
import { settleOverage } from './hand-over';

vi.setConfig({ testTimeout: 90_000 });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LIMIT = 100_000;
const database = useTestDatabase();
const world = useBillingWorld(database);
const time = useMovedTime(world);

const after = (at: Date, ms: number) => new Date(at.getTime() + ms);

it('what was pending and the use of the last days stand on the one invoice that closes a subscription', async () => {
  await time.moveTo(after(time.month(1), 10 * DAY));
  const { ctx, subscription } = await overageTenant(world, time);
  await countCalls(world, ctx, LIMIT + 2_000, time.clock.now());
  await cancelSubscription(ctx, subscription, { when: 'period_end' });
  await time.moveTo(after(time.month(1), 5 * MINUTE));
  await settleOverage(ctx);
  await countCalls(world, ctx, LIMIT + 4_000, time.clock.now());
  await time.moveTo(after(time.month(0), 10 * DAY + 10 * MINUTE));
  await convergeBilling(ctx);
  await settleOverage(ctx);
  await time.moveTo(after(time.clock.now(), 2 * HOUR));
  await convergeBilling(ctx);
  await settleOverage(ctx);
  const [newest, first, ...rest] = (await listInvoices(ctx, { limit: 20 })).data;
  expect(rest).toEqual([]);
  expect(first?.total.amount).toBe(19_900);
  expect(newest).toMatchObject({ status: 'paid', total: { amount: 900 } });
  expect(newest?.lines.map(({ quantity }) => quantity).sort()).toEqual([2_000, 4_000]);
});

import { beforeEach, expect, it, vi } from 'vitest';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { subscribeByPayPal, usePayPalWorld } from '@/lib/testing/paypal-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { mentionedIds } from './mentions';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);
const DAY = 86_400_000;
let ctx: Ctx;

beforeEach(async () => {
  ({ ctx } = await createTenant(world));
  await subscribeByPayPal(payPal, ctx);
  await world.admin.query(
    `INSERT INTO provider_mention VALUES ($1, 'paypal', 'refund', 'R-NOBODYS', $2)`,
    [ctx.tenantId, ctx.clock.now()],
  );
});

const refunds = (all: boolean, now: Date) =>
  withTenant(ctx, async (tx) => {
    const of = { tenantId: ctx.tenantId, gateway: 'paypal' };
    return (await mentionedIds(tx, of, { all, now })).refunds;
  });

it('looks a week long for what an event spoke of and no invoice has, then once a day', async () => {
  const now = ctx.clock.now();
  expect(await refunds(false, now)).toEqual(['R-NOBODYS']);
  const later = new Date(now.getTime() + 8 * DAY);
  expect(await refunds(false, later)).toEqual([]);
  expect(await refunds(true, later)).toEqual(['R-NOBODYS']);
});

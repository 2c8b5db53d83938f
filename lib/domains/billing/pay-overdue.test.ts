import { beforeEach, expect, it, vi } from 'vitest';
import { standingClock, systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  chargeTo,
  createTenant,
  passDays,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { convergeBilling, getSubscription, listInvoices, payOverdue } from '.';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let ctx: Ctx;
let id: string;

/** A renewal that the card has just failed. */
beforeEach(async () => {
  ({ ctx } = await createTenant(world, { ageDays: 40 }));
  id = (await subscribe(ctx)).id;
  await chargeTo(world, ctx, 'pm_card_chargeCustomerFail');
  await passDays(world, ctx, 31.5);
});

it('charges the card on file at once, and nothing is overdue any more', async () => {
  expect(await getSubscription(ctx, id)).toMatchObject({
    status: 'past_due',
    account: null,
    // The open invoice says it.
    dunning: { owed: null },
  });
  await chargeTo(world, ctx, 'pm_card_visa');
  expect(await payOverdue(ctx, id)).toMatchObject({ status: 'active', dunning: null });
  const open = (await listInvoices(ctx, { limit: 10 })).data.filter(
    ({ status }) => status !== 'paid',
  );
  expect(open).toEqual([]);
  await expect(payOverdue(ctx, id)).rejects.toMatchObject({ code: 'nothing_overdue' });
});

it('says that the card was declined, and what to do', async () => {
  await expect(payOverdue(ctx, id)).rejects.toMatchObject({
    kind: 'payment_required',
    code: 'payment_failed',
  });
  await convergeBilling(ctx);
  expect((await getSubscription(ctx, id)).status).toBe('past_due');
});

it('is tried again with another card, though the clock of the tenant stands', async () => {
  const standing = { ...ctx, clock: standingClock(ctx.clock.now()) };
  await expect(payOverdue(standing, id)).rejects.toMatchObject({ code: 'payment_failed' });
  await chargeTo(world, ctx, 'pm_card_visa');
  const minuteLater = new Date(systemClock.now().getTime() + 61_000);
  const now = vi.spyOn(systemClock, 'now').mockReturnValue(minuteLater);
  try {
    expect(await payOverdue(standing, id)).toMatchObject({ status: 'active' });
  } finally {
    now.mockRestore();
  }
});

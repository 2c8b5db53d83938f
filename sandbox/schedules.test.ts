import { expect, it } from 'vitest';
import { catalogue, customerWithCard, useSandbox } from '@/sandbox/testing';

const world = useSandbox();

it('an item whose price the next phase has stays, whatever its place; others take what is left', async () => {
  const stripe = world.stripe();
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_900_000_000 });
  const { customer } = await customerWithCard(stripe, 'pm_card_visa', { test_clock: clock.id });
  const price = async () => (await catalogue(stripe)).monthly.id;
  const [plan, seats, storage, bigger] = [
    await price(),
    await price(),
    await price(),
    await price(),
  ];
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: plan }, { price: seats, quantity: 2 }, { price: storage, quantity: 3 }],
  });
  const before = new Map(sub.items.data.map((item) => [item.price.id, item.id]));
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: sub.id });
  const [first] = schedule.phases;
  if (!first) throw new Error('it has the phase that runs');
  const items = [{ price: plan }, { price: seats, quantity: 2 }, { price: storage, quantity: 3 }];
  await stripe.subscriptionSchedules.update(schedule.id, {
    phases: [
      { items, start_date: first.start_date, end_date: first.end_date },
      { items: [{ price: bigger }, { price: storage, quantity: 1 }] },
    ],
  });
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: first.end_date + 60 });
  const after = await stripe.subscriptions.retrieve(sub.id);
  expect(after.items.data.map((item) => [item.price.id, item.quantity, item.id])).toEqual([
    [bigger, 1, before.get(plan)],
    [storage, 1, before.get(storage)],
  ]);
});

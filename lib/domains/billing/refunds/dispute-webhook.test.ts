import { expect, it, vi } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import type { RequestInfo } from '@/lib/kernel/ctx';
import { createTenant, subscribe, useBillingWorld } from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { stripeGateway } from '../gateways/stripe/stripe-gateway';
import { processWebhook, receiveWebhook } from '../receive-webhook';

vi.setConfig({ testTimeout: 60_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const info: RequestInfo = { requestId: 'req_hook', clock: systemClock, ip: null, userAgent: null };

it('finds whose a dispute is, though its event names nobody', async () => {
  const { ctx } = await createTenant(world, { ageDays: 40 });
  await subscribe(ctx, { card: '4000 0000 0000 0259' });
  const deliveries = await world.deliveries();
  const told = deliveries.find(({ type }) => type === 'charge.dispute.created');
  if (!told) throw new Error('a dispute is told of');
  expect(JSON.parse(told.body).data.object).not.toHaveProperty('customer');
  await world.admin.query('DELETE FROM graphile_worker._private_jobs');
  await receiveWebhook(info, 'stripe', told.body, () => told.signature);
  await processWebhook(info, 'stripe', told.id);
  const { rows } = await world.admin.query('SELECT key FROM graphile_worker._private_jobs');
  expect(rows).toContainEqual({ key: `converge:${ctx.tenantId}` });
});

it('ignores a dispute of a charge that isn’t there', async () => {
  const object = { id: 'du_1', object: 'dispute', charge: 'ch_nobodys' };
  const body = { id: 'evt_1', type: 'charge.dispute.created', data: { object } };
  expect(await stripeGateway.whoseEvent(body)).toEqual({
    customerId: null,
    tenantPublicId: null,
  });
});

it('keeps with an event why it can’t be dealt with, until it is', async () => {
  const { ctx } = await createTenant(world, { ageDays: 40 });
  await subscribe(ctx, { card: '4000 0000 0000 0259' });
  const told = (await world.deliveries()).find(({ type }) => type === 'charge.dispute.created');
  if (!told) throw new Error('a dispute is told of');
  await receiveWebhook(info, 'stripe', told.body, () => told.signature);
  const state = async () =>
    (
      await world.admin.query(
        'SELECT outcome, attempts, last_error FROM webhook_inbox WHERE event_id = $1',
        [told.id],
      )
    ).rows[0];
  const answer = { status: 500, body: '{"error":{"type":"api_error","message":"Down."}}' };
  world.trouble({ path: '/v1/charges', when: 'before', times: 3, answer });
  await expect(processWebhook(info, 'stripe', told.id)).rejects.toMatchObject({
    code: 'payment_provider_unavailable',
  });
  expect(await state()).toEqual({
    outcome: null,
    attempts: 1,
    last_error: expect.stringContaining('payment provider'),
  });
  await processWebhook(info, 'stripe', told.id);
  expect(await state()).toEqual({ outcome: 'queued', attempts: 2, last_error: null });
});

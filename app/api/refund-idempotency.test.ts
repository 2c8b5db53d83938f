import { beforeAll, expect, it, vi } from 'vitest';
import { routes } from '@/lib/runtime/routes.generated';
import { systemClock } from '@/lib/kernel/clock';
import { auditActions, useBillingWorld } from '@/lib/testing/billing-world';
import { apiEndpoints, callRoute } from '@/lib/testing/isolation/call-route';
import { signedInOperator } from '@/lib/testing/operator-world';
import { dollars, RefundWorld } from '@/lib/testing/refund-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { provideRoutes } from '@/lib/transport/route-table';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const money = new RefundWorld(world);
const ADMIN_HOST = 'admin.localhost:8080';

beforeAll(() => provideRoutes(routes));

it('a hundred identical refunds at once, under one Idempotency-Key, have one effect and one answer', async () => {
  await money.pay();
  const info = { requestId: 'req_refund', clock: systemClock, ip: '10.9.0.1', userAgent: null };
  const { token } = await signedInOperator(info, 'finance@operators.example');
  const endpoint = apiEndpoints().find(({ name }) => name === 'POST /api/v1/invoices/:id/refunds');
  if (!endpoint) throw new Error('no such endpoint');
  let addresses = 0;
  const ask = (cents = 5_000) => {
    addresses += 1;
    return callRoute(
      endpoint,
      {
        params: { id: money.invoice.id },
        body: { amount: dollars(cents), reason: 'Charged by mistake' },
      },
      {
        host: ADMIN_HOST,
        origin: `http://${ADMIN_HOST}`,
        cookie: `nz_operator=${token}`,
        'x-forwarded-for': `10.9.1.${addresses}`,
        'idempotency-key': 'one-refund',
      },
    );
  };
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask()));
  // One is at work; the others are told so, or given its answer.
  const done = answers.filter(({ status }) => status === 201);
  expect(done.length).toBeGreaterThan(0);
  expect(new Set(done.map(({ text }) => text)).size).toBe(1);
  const waiting = answers.filter(({ status }) => status !== 201);
  for (const { text } of waiting) expect(text).toContain('idempotency_in_flight');
  expect(await ask()).toEqual(done[0]);
  expect(await ask(6_000)).toMatchObject({
    status: 422,
    text: expect.stringContaining('idempotency_mismatch'),
  });
  expect((await money.atStripe()).map(({ amount }) => amount)).toEqual([5_000]);
  expect(await money.notes()).toEqual([5_000]);
  const actions = await auditActions(world, money.ctx);
  expect(actions.filter((each) => each === 'refund.requested')).toHaveLength(1);
});

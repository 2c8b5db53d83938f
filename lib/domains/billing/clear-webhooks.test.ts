import { expect, it } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import type { RequestInfo } from '@/lib/kernel/ctx';
import { useBillingWorld } from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { clearWebhooks } from './clear-webhooks';
import { jobs, schedules } from './jobs';

const world = useBillingWorld(useTestDatabase());
const DAY = 86_400_000;
const info: RequestInfo = { requestId: 'req_old', clock: systemClock, ip: null, userAgent: null };
const daysAgo = (days: number | null) => days && new Date(Date.now() - days * DAY);

async function store(id: string, received: number, processed: number | null, error?: string) {
  await world.admin.query(
    `INSERT INTO webhook_inbox (provider, event_id, type, body, received_at, processed_at, outcome, last_error)
     VALUES ('stripe', $1, 'invoice.paid', '{}', $2, $3, $4, $5)`,
    [id, daysAgo(received), daysAgo(processed), processed && 'queued', error ?? null],
  );
}

it('forgets what was dealt with 90 days ago, and keeps what failed, waits or was replayed since', async () => {
  await store('evt_old', 91, 91);
  await store('evt_ignored_long_ago', 400, 399);
  await store('evt_failed', 200, null, 'the provider was down');
  await store('evt_waits', 120, null);
  await store('evt_replayed', 150, 1);
  await store('evt_young', 89, 89);
  expect(await clearWebhooks(info)).toBe(2);
  expect(await clearWebhooks(info)).toBe(0);
  const { rows } = await world.admin.query('SELECT event_id FROM webhook_inbox ORDER BY 1');
  expect(rows.map(({ event_id: id }) => id)).toEqual([
    'evt_failed',
    'evt_replayed',
    'evt_waits',
    'evt_young',
  ]);
});

it('runs by itself, each night', async () => {
  const nightly = schedules.find(({ contract }) => contract.name === 'billing.clear_webhooks');
  expect(nightly?.cron).toMatch(/^\d+ \d+ \* \* \*$/);
  await store('evt_old', 91, 91);
  const job = jobs.find(({ contract }) => contract.name === nightly?.contract.name);
  const run = { attempt: 1, maxAttempts: 8, signal: new AbortController().signal };
  await job?.run(info, nightly?.payload ?? {}, run);
  const { rows } = await world.admin.query(
    `SELECT event_id FROM webhook_inbox WHERE event_id = 'evt_old'`,
  );
  expect(rows).toEqual([]);
});

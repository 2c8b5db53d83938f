import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { handlers } from '@/lib/runtime/worker-jobs';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { makeOperator, platformAudit, signedInOperator } from '@/lib/testing/operator-world';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { getStats, getWebhook, listWebhooks, replayWebhook } from './index';
import { adminWebhookQuery } from './schemas';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
let finance: OperatorCtx;
let support: OperatorCtx;

beforeAll(async () => {
  await world.open();
  const info = world.info();
  for (const role of ['finance', 'support'] as const) {
    const { email } = await makeOperator(world.admin, role, world.email());
    const { ctx } = await signedInOperator(info, email);
    if (role === 'finance') finance = ctx;
    else support = ctx;
  }
  await store('evt_waiting', { at: 1 });
  await store('evt_failing', { at: 2, error: 'the provider was down' });
  await store('evt_done', { at: 3, outcome: 'queued' });
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

async function store(id: string, how: { at: number; error?: string; outcome?: string }) {
  const body = {
    id,
    type: 'invoice.paid',
    data: { object: { id: 'in_1', customer: 'cus_nobody', client_secret: 'seti_1_secret_x' } },
  };
  await world.admin.query(
    `INSERT INTO webhook_inbox (provider, event_id, type, body, received_at, processed_at, outcome, last_error, attempts)
     VALUES ('stripe', $1, 'invoice.paid', $2, $3, $4, $5, $6, 1)`,
    [
      id,
      JSON.stringify(body),
      new Date(world.clock.now().getTime() + how.at),
      how.outcome ? world.clock.now() : null,
      how.outcome ?? null,
      how.error ?? null,
    ],
  );
}

const find = async (query: Record<string, unknown>) =>
  (await listWebhooks(support, adminWebhookQuery.parse(query))).data.map(
    ({ event_id, state }) => `${event_id} ${state}`,
  );
const queued = async () => {
  const { rows } = await world.admin.query<{ payload: { eventId: string } }>(
    `SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier = 'billing.receive'`,
  );
  return rows.map((row) => row.payload.eventId);
};

describe('the inbox of webhooks', () => {
  it('lists, newest first, by state, page by page', async () => {
    expect(await find({})).toEqual([
      'evt_done queued',
      'evt_failing failing',
      'evt_waiting waiting',
    ]);
    expect(await find({ state: 'failing' })).toEqual(['evt_failing failing']);
    expect(await find({ state: 'waiting' })).toEqual(['evt_waiting waiting']);
    expect(await find({ search: 'INVOICE', provider: 'stripe' })).toHaveLength(3);
    expect(await find({ provider: 'paypal' })).toEqual([]);
    const first = await listWebhooks(support, adminWebhookQuery.parse({ limit: 2 }));
    expect(await find({ cursor: first.next_cursor })).toEqual(['evt_waiting waiting']);
    await expect(find({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_cursor' });
  });

  it('shows one with its body', async () => {
    const one = await getWebhook(support, { provider: 'stripe', event_id: 'evt_failing' });
    expect(one).toMatchObject({
      last_error: 'the provider was down',
      body: { id: 'evt_failing', data: { object: { client_secret: '(hidden)' } } },
    });
    const none = getWebhook(support, { provider: 'stripe', event_id: 'evt_none' });
    await expect(none).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('counts what waits', async () => {
    expect((await getStats(support)).webhooks).toMatchObject({ waiting: 2, failing: 1 });
  });

  it('is replayed by those who move money alone', async () => {
    const tried = replayWebhook(support, { provider: 'stripe', event_id: 'evt_done' });
    await expect(tried).rejects.toMatchObject({ code: 'forbidden' });
    expect(await queued()).toEqual([]);
  });

  it('deals with one again, by one job however often it is asked, and writes it down', async () => {
    const event = { provider: 'stripe', event_id: 'evt_done' } as const;
    await replayWebhook(finance, event);
    await replayWebhook(finance, event);
    expect(await queued()).toEqual(['evt_done']);
    expect(await find({ search: 'evt_done' })).toEqual(['evt_done waiting']);
    expect(
      (await platformAudit(world.admin)).filter((act) => act === 'webhook.replayed'),
    ).toHaveLength(2);
    const receive = handlers.find(({ contract }) => contract.name === 'billing.receive');
    const run = { attempt: 1, maxAttempts: 1, signal: new AbortController().signal };
    await receive?.run(world.info(), { provider: 'stripe', eventId: 'evt_done' }, run);
    expect(await find({ search: 'evt_done' })).toEqual(['evt_done ignored']);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { convergeBilling, getMoneyBack, trySendRefund } from '@/lib/domains/billing';
import { stripe } from '@/lib/infra/stripe';
import { newId } from '@/lib/kernel/ids';
import { useBillingWorld } from '@/lib/testing/billing-world';
import { dollars, RefundWorld } from '@/lib/testing/refund-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { adminRefundQuery, listRefunds, requestRefund } from '..';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const money = new RefundWorld(world);
const { operators } = money;
const give = money.give.bind(money);
/** As often as the client tries one call. */
const TRIES = 3;
beforeEach(() => money.pay());

/** What the job does, once more. */
async function again(): Promise<void> {
  const [row] = await money.rows();
  const asJob = { ...money.ctx, actor: { kind: 'job', name: 'billing.refund' } } as const;
  await trySendRefund(asJob, row?.id ?? '');
}

const jobs = async () =>
  (
    await world.admin.query(
      `SELECT run_at > now() AS later FROM graphile_worker._private_jobs WHERE payload ->> 'tenantId' = $1
         AND task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'billing.refund')`,
      [money.ctx.tenantId],
    )
  ).rows;

/** One refund, there and here, with one credit note and one mail. */
async function expectOnce(cents: number): Promise<void> {
  expect(await money.statuses()).toEqual(['done']);
  expect((await money.atStripe()).map(({ amount }) => amount)).toEqual([cents]);
  expect(await money.notes()).toEqual([cents]);
  expect(await money.mails()).toHaveLength(1);
}

describe('a form that is sent again', () => {
  it('gets the refund that it asked for, ten times at once too', async () => {
    const key = newId();
    const sent = Array.from({ length: 10 }, () => give(5_000, operators.finance, key));
    const ids = new Set((await Promise.all(sent)).map(({ id }) => id));
    expect(ids).toEqual(new Set([(await give(5_000, operators.finance, key)).id]));
    await expectOnce(5_000);
  });

  it('asks for nothing else under the same name, and as much again under another', async () => {
    const key = newId();
    await give(5_000, operators.finance, key);
    const asked = { code: 'refund_asked_already', kind: 'conflict' };
    await expect(give(4_000, operators.finance, key)).rejects.toMatchObject(asked);
    const reason = 'Another reason';
    const otherwise = { amount: dollars(5_000), reason };
    await expect(
      requestRefund(operators.finance, money.invoice.id, otherwise, key),
    ).rejects.toMatchObject(asked);
    await give(5_000, operators.finance, newId());
    expect(await money.notes()).toEqual([5_000, 5_000]);
  });
});

describe('a job that dies', () => {
  const calls = ['payments are listed', 'refunds are listed', 'the refund is made'];
  const cuts = calls.flatMap((call, skip) =>
    (['before', 'after'] as const).map((when) => ({ when, call, skip })),
  );
  it.each(cuts)('$when $call is repeated without a second effect', async ({ when, skip }) => {
    world.trouble({ path: '/v1/refunds', when: 'before', times: TRIES, writes: true });
    await give(5_000);
    const trouble = world.trouble({ path: '/v1/', when, times: TRIES, skip });
    await again();
    expect(trouble.times).toBe(0);
    expect(await money.statuses()).toEqual(['approved']);
    await again();
    await again();
    await expectOnce(5_000);
  });

  it('while it writes down what was done leaves no number out', async () => {
    await world.admin.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'died'; END $$;
      CREATE TRIGGER zz_die AFTER INSERT ON credit_note FOR EACH ROW EXECUTE FUNCTION die()`);
    await expect(give(5_000)).rejects.toThrow('died');
    await expect(again()).rejects.toThrow('died');
    await world.admin.query('DROP TRIGGER zz_die ON credit_note; DROP FUNCTION die()');
    expect(await money.statuses()).toEqual(['approved']);
    expect(await money.notes()).toEqual([]);
    await again();
    await expectOnce(5_000);
    const { rows } = await world.admin.query('SELECT number FROM credit_note ORDER BY number');
    expect(rows.map(({ number }) => Number(number.split('-')[2]))).toEqual(
      rows.map((_, index) => index + 1),
    );
  });
});

describe('when the provider stumbles', () => {
  it.each(['before', 'after'] as const)(
    'is asked again by the job, and pays back once: cut off %s it did it',
    async (when) => {
      world.trouble({ path: '/v1/refunds', when, times: TRIES, writes: true });
      expect(await give(5_000)).toMatchObject({ status: 'approved', provider_id: null });
      expect(await jobs()).toEqual([{ later: true }]);
      expect(await money.atStripe()).toHaveLength(when === 'before' ? 0 : 1);
      await Promise.all([again(), again()]);
      await again();
      await expectOnce(5_000);
    },
  );

  it('pays back once when it answers 500 after having done it', async () => {
    await fetch(`${world.sandbox.url}/_sandbox/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fail_after: TRIES, path: '/v1/refunds', method: 'POST' }),
    });
    expect(await give(5_000)).toMatchObject({ status: 'approved' });
    await again();
    await expectOnce(5_000);
  });

  it('takes over from a pull what was done with its answer lost, and the job adds nothing', async () => {
    world.trouble({ path: '/v1/refunds', when: 'after', times: TRIES, writes: true });
    await give(5_000);
    await convergeBilling(money.ctx);
    expect(await money.statuses()).toEqual(['done']);
    await again();
    await expectOnce(5_000);
  });

  it('says so when it refuses, and leaves the money to be asked for again', async () => {
    const [intent] = (await stripe().paymentIntents.list({ limit: 1 })).data;
    await stripe().refunds.create({ payment_intent: intent?.id ?? '', amount: 19_000 });
    expect(await give(1_000)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('has that much left'),
      credit_note: null,
    });
    expect((await getMoneyBack(money.ctx, money.invoice.id)).refunds).toEqual([]);
    await convergeBilling(money.ctx);
    expect(await give()).toMatchObject({ status: 'done', amount: dollars(900) });
    expect(await money.notes()).toEqual([900, 19_000]);
  });

  it('takes over what was given back there by hand, once however often it is read', async () => {
    const [intent] = (await stripe().paymentIntents.list({ limit: 1 })).data;
    await stripe().refunds.create({ payment_intent: intent?.id ?? '', amount: 700 });
    await convergeBilling(money.ctx);
    await convergeBilling(money.ctx, 'all');
    const { data } = await listRefunds(operators.support, adminRefundQuery.parse({ limit: 1 }));
    expect(data[0]).toMatchObject({ status: 'done', requested_by: null, amount: dollars(700) });
    expect(await money.statuses()).toEqual(['done']);
    expect(await money.notes()).toEqual([700]);
  });
});

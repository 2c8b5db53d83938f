import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  cancelSubscription,
  changeSubscription,
  findDrift,
  getOverview,
  getSubscription,
  listInvoices,
  moveClock,
  openSandbox,
  pauseSubscription,
  resumeSubscription,
  withdrawChange,
} from '@/lib/domains/billing';
import { withTenant } from '@/lib/infra/db';
import { clockOf } from '@/lib/infra/tenant-clock';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import {
  auditActions,
  chargeTo,
  createTenant,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { dieDuring } from '@/lib/testing/dying-work';
import { useOperators } from '@/lib/testing/operator-world';
import { type TimedTenant, tenantInOwnTime } from '@/lib/testing/own-time';
import { subscribeByPayPal, usePayPalWorld } from '@/lib/testing/paypal-world';
import { doJob, doQueued } from '@/lib/testing/queued-jobs';
import { queuedMails } from '@/lib/testing/queued-mails';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  askPlanMove,
  cancelPlanMove,
  getAdminPlan,
  listPlanMoveParts,
  listPlanMoves,
  planMoveInput,
  planMovePartQuery,
  previewPlanMove,
  publishPlanDraft,
  savePlanDraft,
} from '..';

// Scores of calls over the network and as many transactions.
vi.setConfig({ testTimeout: 180_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);
const operators = useOperators(world);
/** A trifle after a month has passed: the renewal's invoice is a draft for an hour. */
const MONTH = 31.2;
let tenant: TimedTenant;
let ctx: Ctx;
let id: string;
/** The version that the tenant bought. */
let from: number;

const onSale = async () => (await getAdminPlan(operators.support, 'professional')).on_sale ?? 0;

/** Puts a new version of Professional on sale, with these prices, and tells its number. */
async function publish(monthly: number, annual: number | null = 199_000): Promise<number> {
  const plan = await getAdminPlan(operators.admin, 'professional');
  const content = plan.versions[0]?.content;
  if (!content) throw new Error('no version');
  const saved = await savePlanDraft(operators.admin, {
    id: 'professional',
    revision: plan.draft_revision,
    content: { ...content, prices: { ...content.prices, monthly, annual } },
  });
  const revision = saved.draft?.revision ?? 0;
  await publishPlanDraft(operators.admin, { id: 'professional', revision });
  return onSale();
}

const wanted = (given: object = {}) =>
  planMoveInput.parse({
    id: 'professional',
    from_versions: [from],
    to_version: from + 1,
    ...given,
  });

/** Asks for a move and has everybody written down that it is about. */
async function ask(given: object = {}) {
  const move = await askPlanMove(operators.admin, wanted(given));
  await doQueued(world, systemClock, ['operator.spread_move']);
  return move;
}

const parts = async (moveId: string) =>
  (
    await listPlanMoveParts(
      operators.support,
      { id: 'professional', move_id: moveId },
      planMovePartQuery.parse({}),
    )
  ).data;
const partOf = async (moveId: string, of = ctx) =>
  (await parts(moveId)).find(({ tenant: { id: ten } }) => ten === publicId('tenant', of.tenantId));
const version = async ({ tenantId } = ctx) =>
  (
    await world.admin.query(
      `SELECT plan_version AS now, next_plan_version AS next FROM subscription
       WHERE tenant_id = $1 AND status <> 'cancelled'`,
      [tenantId],
    )
  ).rows[0];
const mails = async ({ slug } = tenant) =>
  (await queuedMails(world.admin, { to: `${slug}@example.com` })).flatMap((mail) =>
    mail.template === 'plan_moved' ? [mail] : [],
  );
const totals = async () =>
  (await listInvoices(ctx, { limit: 20 })).data.map(({ total }) => total.amount).reverse();

/** One look, as its job takes it. */
const followMove = ({ clock, tenantId }: Ctx) => doJob(clock, 'billing.follow_move', { tenantId });

/** However often and by whom it is looked at. */
async function look(of = ctx): Promise<void> {
  await Promise.all([followMove(of), followMove(of)]);
  await followMove(of);
}

/** $199.00 a month, as in the beginning, whatever was published since. */
async function sellAsBefore(): Promise<void> {
  const { versions, on_sale } = await getAdminPlan(operators.support, 'professional');
  const { monthly, annual } =
    versions.find(({ version: one }) => one === on_sale)?.content.prices ?? {};
  if (monthly !== 19_900 || annual !== 199_000) await publish(19_900);
}

beforeEach(async () => {
  await sellAsBefore();
  tenant = await tenantInOwnTime(world, { ageDays: 40 });
  ctx = tenant.ctx;
  id = (await subscribe(ctx)).id;
  from = await onSale();
});

describe('a move at the renewal', () => {
  it('that costs no more is asked for at once, told once, and comes with the renewal', async () => {
    const to = await publish(19_000);
    const move = await ask();
    expect(move).toMatchObject({ to_version: to, total: 1, moment: 'renewal', notice_days: 14 });
    await look();
    expect(await partOf(move.id)).toMatchObject({ state: 'asked', from_version: from });
    expect(await version()).toEqual({ now: from, next: to });
    expect(await mails()).toMatchObject([
      {
        planName: 'Professional',
        before: '$199.00 a month',
        after: '$190.00 a month',
        rises: false,
      },
    ]);
    expect(await getOverview(ctx)).toMatchObject({
      plan_move: { alone: true, price_after: { amount: 19_000 } },
      next_payment: { total: { amount: 19_000 } },
    });
    await tenant.travel(MONTH);
    await look();
    expect(await partOf(move.id)).toMatchObject({ state: 'moved' });
    expect(await version()).toEqual({ now: to, next: null });
    expect(await totals()).toEqual([19_900, 19_000]);
    expect(await findDrift(ctx, id)).toEqual([]);
    expect(await mails()).toHaveLength(1);
    expect(await getOverview(ctx)).toMatchObject({ plan_move: null });
    const told = await auditActions(world, ctx);
    expect(told.filter((action) => action === 'subscription.move_requested')).toHaveLength(1);
    expect(await listPlanMoves(operators.support, 'professional')).toMatchObject([
      { id: move.id, finished: true, states: { moved: 1 } },
    ]);
  });

  it('that costs more waits for a renewal that leaves the days of notice', async () => {
    const to = await publish(24_900);
    const move = await ask({ notice_days: 40 });
    await look();
    expect(await partOf(move.id)).toMatchObject({ state: 'noticed' });
    expect(await version()).toEqual({ now: from, next: null });
    const [mail] = await mails();
    expect(mail).toMatchObject({ after: '$249.00 a month', rises: true });
    const ahead = (Date.parse(mail?.at ?? '') - Date.now()) / 86_400_000;
    expect(ahead).toBeGreaterThan(40);
    expect(ahead).toBeLessThan(63);
    await tenant.travel(MONTH);
    await look();
    expect(await partOf(move.id)).toMatchObject({ state: 'asked' });
    expect(await version()).toEqual({ now: from, next: to });
    await tenant.travel(2 * MONTH);
    await look();
    expect(await partOf(move.id)).toMatchObject({ state: 'moved' });
    expect(await totals()).toEqual([19_900, 19_900, 24_900]);
    expect(await mails()).toHaveLength(1);
  });

  it('is asked for again when a pause has forgotten it, and waits while nothing may change', async () => {
    const to = await publish(19_000);
    const move = await ask();
    await look();
    await pauseSubscription(ctx, id);
    await look();
    expect(await version()).toEqual({ now: from, next: null });
    await resumeSubscription(ctx, id);
    await look();
    expect(await version()).toEqual({ now: from, next: to });
    expect(await partOf(move.id)).toMatchObject({ state: 'asked' });
  });

  it('that is given up because something forgets it again and again is told to stay away', async () => {
    await publish(19_000);
    const move = await ask();
    await look();
    for (const _ of [1, 2, 3]) {
      await pauseSubscription(ctx, id);
      await resumeSubscription(ctx, id);
      await look();
    }
    expect(await partOf(move.id)).toMatchObject({ state: 'refused' });
    expect((await mails()).map(({ at: day }) => day === null)).toEqual([false, true]);
  });

  it('is nothing that the customer undoes, but what they asked for beside it is', async () => {
    const to = await publish(19_000);
    await changeSubscription(ctx, id, { billing_cycle: 'annual', when: 'period_end' });
    await ask();
    await look();
    expect(await version()).toEqual({ now: from, next: to });
    const undone = await withdrawChange(ctx, id);
    expect(undone.waiting_change).toMatchObject({ billing_cycle: 'monthly' });
    expect(await version()).toEqual({ now: from, next: to });
    await expect(withdrawChange(ctx, id)).rejects.toMatchObject({ code: 'moved_by_operator' });
    // To go is their right.
    await cancelSubscription(ctx, id, { when: 'period_end' });
    await tenant.travel(MONTH);
    await look();
    expect(await getSubscription(ctx, id)).toMatchObject({ status: 'cancelled' });
  });
});

describe('a move now', () => {
  it('credits what is left, charges the new price for it and tells of it', async () => {
    const to = await publish(29_900);
    const move = await ask({ moment: 'now' });
    await tenant.travel(10);
    await look();
    expect(await partOf(move.id)).toMatchObject({ state: 'moved' });
    expect(await version()).toEqual({ now: to, next: null });
    const [first, second] = await totals();
    expect(first).toBe(19_900);
    expect(second).toBeGreaterThan(6_000);
    expect(second).toBeLessThan(7_500);
    expect(await mails()).toMatchObject([{ atOnce: true, rises: true }]);
    expect(await findDrift(ctx, id)).toEqual([]);
  });

  it('that the card refuses leaves everything as it was', async () => {
    await publish(39_900);
    await chargeTo(world, ctx, 'pm_card_chargeCustomerFail');
    const move = await ask({ moment: 'now' });
    await look();
    expect(await partOf(move.id)).toMatchObject({ state: 'refused' });
    expect(await version()).toEqual({ now: from, next: null });
    expect(await totals()).toEqual([19_900]);
    expect(await findDrift(ctx, id)).toEqual([]);
    expect(await mails()).toEqual([]);
  });
});

describe('whom it isn’t about', () => {
  it('is known beforehand, and listed with the reason', async () => {
    const others = await Promise.all([1, 2, 3, 4].map(() => createTenant(world, { ageDays: 40 })));
    const [byPayPal, ending, changing, annual] = others.map((other) => other.ctx) as [
      Ctx,
      Ctx,
      Ctx,
      Ctx,
    ];
    await subscribeByPayPal(payPal, byPayPal);
    await cancelSubscription(ending, (await subscribe(ending)).id, { when: 'period_end' });
    const bought = await subscribe(changing);
    await changeSubscription(changing, bought.id, { plan_id: 'starter', when: 'period_end' });
    const yearly = await subscribe(annual);
    await changeSubscription(annual, yearly.id, { billing_cycle: 'annual', when: 'period_end' });
    await publish(20_900, null);
    const reasons = ['changing', 'ending', 'gateway_cannot', 'no_price'];
    const preview = await previewPlanMove(operators.admin, wanted());
    const { from_versions, moment, notice_days } = wanted();
    expect(preview).toMatchObject({
      from_versions,
      moment,
      notice_days,
      subscriptions: 1,
      sandboxes: 0,
      groups: [{ version: from, billing_cycle: 'monthly', price_after: 20_900, subscriptions: 1 }],
      monthly_after: 20_900,
    });
    expect(preview.left_out.map(({ reason }) => reason).sort()).toEqual(reasons);
    const move = await ask();
    expect(move.total).toBe(5);
    for (const other of [byPayPal, ending, changing, annual, ctx]) await look(other);
    const said = await parts(move.id);
    expect(said.flatMap(({ reason }) => reason ?? []).sort()).toEqual(reasons);
    expect(said.every(({ reason, state }) => (state === 'left_out') === (reason !== null))).toBe(
      true,
    );
    expect(await mails()).toHaveLength(1);
    for (const { slug } of others) expect(await mails({ ...tenant, slug })).toEqual([]);
  });

  it('is somebody whom another move is about', async () => {
    await publish(24_900);
    await ask({ notice_days: 40 });
    const newest = await publish(25_900);
    const second = await ask({ to_version: newest });
    expect(await partOf(second.id)).toMatchObject({ state: 'left_out', reason: 'in_another_move' });
  });
});

describe('a move that is taken back', () => {
  it('undoes what waits and says so, and leaves what has happened', async () => {
    const waits = await tenantInOwnTime(world, { ageDays: 40 });
    await subscribe(waits.ctx);
    const to = await publish(18_000);
    const move = await ask();
    await look(waits.ctx);
    await look();
    await tenant.travel(MONTH);
    await look();
    const at = { id: 'professional', move_id: move.id };
    expect(await cancelPlanMove(operators.admin, at)).toMatchObject({ finished: false });
    await look(waits.ctx);
    await look();
    expect(await version(waits.ctx)).toEqual({ now: from, next: null });
    expect(await version()).toEqual({ now: to, next: null });
    expect(await partOf(move.id, waits.ctx)).toMatchObject({ state: 'cancelled' });
    expect(await partOf(move.id)).toMatchObject({ state: 'moved' });
    expect((await mails(waits)).map(({ at: day }) => day === null)).toEqual([false, true]);
    expect(await mails()).toHaveLength(1);
    await expect(cancelPlanMove(operators.admin, at)).rejects.toMatchObject({
      code: 'move_finished',
    });
    expect(await auditActions(world, waits.ctx)).toContain('subscription.move_withdrawn');
  });

  it('before anybody was written down does nothing', async () => {
    await publish(18_500);
    const move = await askPlanMove(operators.admin, wanted());
    const at = { id: 'professional', move_id: move.id };
    expect(await cancelPlanMove(operators.admin, at)).toMatchObject({ finished: true });
    await doQueued(world, systemClock, ['operator.spread_move']);
    expect(await parts(move.id)).toEqual([]);
  });
});

describe('whoever dies on the way', () => {
  it('is followed by one that goes on, without a second effect', async () => {
    const to = await publish(17_000);
    const move = await askPlanMove(operators.admin, wanted());
    const { rows } = await world.admin.query<{ id: string }>(
      'SELECT id FROM plan_move ORDER BY id DESC LIMIT 1',
    );
    const spread = () => doJob(systemClock, 'operator.spread_move', { id: rows[0]?.id });
    let deaths = 0;
    for (const when of ['before', 'after'] as const) {
      for (const transaction of [0, 1, 2, 3, 4, 5]) {
        deaths += Number(await dieDuring({ transaction, when }, spread));
        deaths += Number(await dieDuring({ transaction, when }, () => followMove(ctx)));
      }
    }
    await spread();
    await look();
    expect(deaths).toBeGreaterThan(6);
    expect(await parts(move.id)).toHaveLength(1);
    expect(await version()).toEqual({ now: from, next: to });
    expect(await mails()).toHaveLength(1);
    const [newest] = await listPlanMoves(operators.support, 'professional');
    expect(newest).toMatchObject({ done: 1, states: { asked: 1 } });
    const told = await auditActions(world, ctx);
    expect(told.filter((action) => action === 'subscription.move_requested')).toHaveLength(1);
  });

  it('leaves to its job what the provider was away for', async () => {
    const to = await publish(16_000);
    const move = await ask({ moment: 'now' });
    const trouble = world.trouble({ path: '/v1/', when: 'before', times: 99, writes: true });
    await expect(followMove(ctx)).rejects.toMatchObject({ kind: 'unavailable' });
    trouble.times = 0;
    expect(await partOf(move.id)).toMatchObject({ state: 'asked' });
    await doQueued(world, systemClock, ['billing.push']);
    await look();
    expect(await version()).toEqual({ now: to, next: null });
    expect(await mails()).toHaveLength(1);
  });
});

it('moves a sandbox tenant in its own time', async () => {
  const real = { requestId: 'req_moves', clock: systemClock, ip: null, userAgent: null };
  const sandbox = await openSandbox(real, { starts_at: '2026-02-10T10:00:00.000Z' });
  const { ctx: made } = await createTenant(world, { ageDays: 40 });
  await withTenant(made, (tx) => sandbox.keep(tx, made));
  const owner = async (): Promise<Ctx> => ({ ...made, clock: await clockOf(made.tenantId) });
  await subscribe(await owner());
  const to = await publish(26_900);
  // In its own time the first version is still the one that is sold.
  const asked = { from_versions: [1], to_version: to, notice_days: 5 };
  expect(await previewPlanMove(operators.admin, wanted(asked))).toMatchObject({
    subscriptions: 1,
    sandboxes: 1,
    monthly_after: 0,
  });
  const move = await ask(asked);
  await followMove(await owner());
  expect(await partOf(move.id, made)).toMatchObject({ state: 'asked' });
  await moveClock(await owner(), { to: '2026-03-11T10:00:00.000Z' });
  await doJob((await owner()).clock, 'billing.travel', { tenantId: made.tenantId });
  expect(await version(made)).toEqual({ now: to, next: null });
  expect(await partOf(move.id, made)).toMatchObject({ state: 'moved' });
});

describe('who may move', () => {
  it('is an admin, with versions that were sold, to the one on sale', async () => {
    const to = await publish(21_900);
    const refused = (given: object, as = operators.admin) => askPlanMove(as, wanted(given));
    for (const role of ['support', 'finance'] as const) {
      await expect(refused({}, operators[role])).rejects.toMatchObject({ code: 'forbidden' });
      await expect(previewPlanMove(operators[role], wanted())).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await expect(refused({ to_version: from })).rejects.toMatchObject({ code: 'not_on_sale' });
    for (const number of [to, 99]) {
      await expect(refused({ from_versions: [number] })).rejects.toMatchObject({
        code: 'version_unknown',
      });
    }
    await expect(refused({ id: 'gold' })).rejects.toMatchObject({ kind: 'not_found' });
    await cancelSubscription(ctx, id, { when: 'now' });
    await expect(refused({})).rejects.toMatchObject({ code: 'nobody_to_move' });
    const nothing = { id: 'professional', move_id: publicId('planMove', ctx.tenantId) };
    await expect(cancelPlanMove(operators.admin, nothing)).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(cancelPlanMove(operators.finance, nothing)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  applyDiscountCode,
  cancelSubscription,
  convergeBilling,
  getSubscription,
  healDrift,
  listInvoices,
  reactivateSubscription,
} from '@/lib/domains/billing';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import {
  createTenant,
  providerTime,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useOperators } from '@/lib/testing/operator-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { discountGiftForm, giveTenantDiscount, removeTenantDiscount } from '..';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const operators = useOperators(world);
const DAY = 86_400_000;
let ctx: Ctx;
let id: string;

beforeEach(async () => {
  ({ ctx } = await createTenant(world, { ageDays: 40 }));
  id = (await subscribe(ctx)).id;
});

const fields = (more: Record<string, string> = {}) => ({
  id: publicId('tenant', ctx.tenantId),
  kind: 'percent',
  value: '12,5',
  duration: 'repeating',
  months: '3',
  reason: 'Agreed on the phone',
  ...more,
});
const give = (more: Record<string, string> = {}, as = operators.finance) =>
  giveTenantDiscount(as, discountGiftForm.parse(fields(more)));
const logs = async () => {
  const ours = await world.admin.query(
    'SELECT action, reason FROM platform_audit_event WHERE about_tenant_id = $1 ORDER BY id',
    [ctx.tenantId],
  );
  const theirs = await world.admin.query(
    `SELECT action, actor ->> 'kind' AS by, after ->> 'reason' AS reason FROM audit_event
     WHERE tenant_id = $1 AND action LIKE '%.discount\\_%' ORDER BY at, id`,
    [ctx.tenantId],
  );
  return { ours: ours.rows, theirs: theirs.rows };
};

describe('a discount that an operator gives', () => {
  it('counts from the next invoice on, and both logs say who and why', async () => {
    await give();
    expect((await getSubscription(ctx, id)).discount).toMatchObject({
      code: null,
      percent_off: 12.5,
      duration: 'repeating',
      months: 3,
    });
    await removeTenantDiscount(operators.finance, { id: fields().id, reason: 'Given by mistake' });
    expect((await getSubscription(ctx, id)).discount).toBeNull();
    expect(await logs()).toEqual({
      ours: [
        { action: 'discount.giving_asked', reason: 'Agreed on the phone' },
        { action: 'discount.removal_asked', reason: 'Given by mistake' },
      ],
      theirs: [
        { action: 'subscription.discount_given', by: 'operator', reason: 'Agreed on the phone' },
        { action: 'subscription.discount_removed', by: 'operator', reason: 'Given by mistake' },
      ],
    });
    await give({ kind: 'amount', value: '25', duration: 'forever', months: '' });
    await providerTime(world, 32);
    await convergeBilling(ctx);
    const [latest] = (await listInvoices(ctx, { limit: 1 })).data;
    expect(latest).toMatchObject({ discount: { amount: 2_500 }, total: { amount: 17_400 } });
  });

  it('comes along when it was given for ever and a plan is started again', async () => {
    await give({ duration: 'forever', months: '' });
    await cancelSubscription(ctx, id, { when: 'now' });
    expect(await reactivateSubscription(ctx, id)).toMatchObject({
      discount: { percent_off: 12.5, duration: 'forever' },
    });
  });

  it('taken away by hand can be given again, and by nobody who knows its name', async () => {
    await give({ duration: 'forever', months: '' });
    const { rows } = await world.admin.query(
      `SELECT provider_id, discount ->> 'key' AS key FROM subscription WHERE tenant_id = $1`,
      [ctx.tenantId],
    );
    await stripe().subscriptions.update(rows[0].provider_id, { discounts: '' });
    await convergeBilling(ctx);
    expect(await healDrift(ctx, id, 'push_ours')).toMatchObject({
      being_changed: false,
      discount: { percent_off: 12.5 },
    });
    const stranger = await createTenant(world, { ageDays: 40 });
    const theirs = (await subscribe(stranger.ctx)).id;
    const code = rows[0].key.replace('coupon:', '');
    await expect(applyDiscountCode(stranger.ctx, theirs, { code })).rejects.toMatchObject({
      errors: [{ code: 'coupon_invalid' }],
    });
  });

  it('is given to a sandbox tenant in its own time, and asked for in ours', async () => {
    const at = new Date(Date.now() + DAY);
    await world.admin.query(
      `INSERT INTO tenant_clock (tenant_id, gateway, clock_id, at, created_at, moved_at)
       VALUES ($1, 'stripe', 'clock_1', $2, now(), now())`,
      [ctx.tenantId, at],
    );
    await give();
    const { rows } = await world.admin.query<{ inside: Date; ours: Date }>(
      `SELECT given.at AS inside, asked.at AS ours FROM audit_event given
       JOIN platform_audit_event asked ON asked.about_tenant_id = given.tenant_id
       WHERE given.tenant_id = $1 AND given.action = 'subscription.discount_given'`,
      [ctx.tenantId],
    );
    expect(rows).toEqual([{ inside: at, ours: expect.any(Date) }]);
    expect(rows[0]?.ours.getTime()).toBeLessThan(at.getTime());
  });

  it('is refused to who only looks, without a trace', async () => {
    await expect(give({}, operators.support)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      removeTenantDiscount(operators.support, { id: fields().id, reason: 'For nothing' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await logs()).toEqual({ ours: [], theirs: [] });
  });

  it('needs a tenant, and a subscription that runs', async () => {
    const stranger = await createTenant(world);
    const of = (tenantId: string) => ({ id: publicId('tenant', tenantId) });
    await expect(give(of(stranger.ctx.tenantId))).rejects.toMatchObject({
      code: 'no_subscription',
    });
    await expect(give({ id: 'ten_nobody' })).rejects.toMatchObject({ kind: 'not_found' });
  });

  it.each([
    ['a percentage above 100', { value: '101' }, 'value'],
    ['nothing', { value: '0' }, 'value'],
    ['words', { value: 'a lot' }, 'value'],
    ['months that aren’t said', { months: '' }, 'months'],
    ['too many months', { months: '99' }, 'months'],
    ['no reason', { reason: ' ' }, 'reason'],
  ])('isn’t %s', (_, more, path) => {
    const { error } = discountGiftForm.safeParse(fields(more));
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});

import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { getSubscription, pauseSubscription } from '@/lib/domains/billing';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { createTenant, subscribe, useBillingWorld } from '@/lib/testing/billing-world';
import { newOperator, useOperators } from '@/lib/testing/operator-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  adminDiscountQuery,
  approveTenantDiscount,
  discountGiftForm,
  getTenantFacts,
  giveTenantDiscount,
  listDiscounts,
  refuseTenantDiscount,
} from '..';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const operators = useOperators(world);
const why = 'Not what we agreed on';
let colleague: OperatorCtx;
let ctx: Ctx;
let id: string;

beforeAll(async () => {
  colleague = await newOperator(world.admin, 'finance', 'colleague@operators.example');
});
beforeEach(async () => {
  ({ ctx } = await createTenant(world, { ageDays: 40 }));
  id = (await subscribe(ctx)).id;
});

const give = (more: Record<string, string> = {}, as = operators.finance) =>
  giveTenantDiscount(
    as,
    discountGiftForm.parse({
      id: publicId('tenant', ctx.tenantId),
      kind: 'percent',
      value: '100',
      duration: 'forever',
      reason: 'A partner of ours',
      ...more,
    }),
  );
const running = async () => (await getSubscription(ctx, id)).discount?.percent_off ?? null;
const acts = async () => {
  const { rows } = await world.admin.query<{ action: string; by: string }>(
    `SELECT e.action, o.email AS by FROM platform_audit_event e JOIN platform_operator o ON o.id = e.operator_id
     WHERE about_tenant_id = $1 AND action LIKE 'discount.%' ORDER BY e.id`,
    [ctx.tenantId],
  );
  return rows.map(({ action, by }) => `${action} ${by.split('@')[0]}`);
};
const coupons = async () => (await stripe().coupons.list({ limit: 100 })).data.length;

describe('a discount of everything for ever', () => {
  it('waits for a second operator, and nothing is made for it before', async () => {
    const before = await coupons();
    const asked = await give();
    expect(asked).toMatchObject({
      status: 'requested',
      percent_off: 100,
      duration: 'forever',
      value: { amount: 12 * 19_900, currency: 'usd' },
      requested_by: { email: 'finance@operators.example' },
      decided_by: null,
    });
    expect([await running(), await coupons()]).toEqual([null, before]);
    const tenantId = publicId('tenant', ctx.tenantId);
    const facts = await getTenantFacts(operators.support, tenantId);
    expect(facts.waitingDiscount).toEqual(asked);
    const approved = await approveTenantDiscount(colleague, asked.id);
    expect(approved).toMatchObject({
      status: 'approved',
      decided_by: { email: 'colleague@operators.example' },
    });
    expect(await running()).toBe(100);
    expect(await acts()).toEqual(['discount.giving_asked finance', 'discount.approved colleague']);
    expect((await getTenantFacts(operators.support, tenantId)).waitingDiscount).toBeNull();
    const { rows } = await world.admin.query(
      `SELECT after ->> 'reason' AS reason, actor ->> 'kind' AS by FROM audit_event
       WHERE tenant_id = $1 AND action = 'subscription.discount_given'`,
      [ctx.tenantId],
    );
    expect(rows).toEqual([{ reason: 'A partner of ours', by: 'operator' }]);
  });

  it('isn’t approved by who asked for it, nor by who only looks', async () => {
    const { id: asked } = await give();
    await expect(approveTenantDiscount(operators.finance, asked)).rejects.toMatchObject({
      code: 'second_operator_needed',
    });
    for (const decide of [approveTenantDiscount, refuseTenantDiscount]) {
      await expect(decide(operators.support, asked, why)).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(decide(colleague, 'dcr_nothing', why)).rejects.toMatchObject({
        kind: 'not_found',
      });
    }
    expect(await running()).toBeNull();
  });

  it('is refused with a reason, or taken back by who asked, and can then be asked for again', async () => {
    const first = await give();
    await expect(give({ value: '20' })).rejects.toMatchObject({ code: 'discount_asked_already' });
    expect(await refuseTenantDiscount(colleague, first.id, why)).toMatchObject({
      status: 'refused',
      refusal: why,
      decided_by: { email: 'colleague@operators.example' },
    });
    const second = await give();
    await refuseTenantDiscount(operators.finance, second.id, 'A slip of mine');
    for (const decide of [approveTenantDiscount, refuseTenantDiscount]) {
      await expect(decide(colleague, second.id, why)).rejects.toMatchObject({
        code: 'discount_decided',
      });
    }
    expect(await running()).toBeNull();
  });

  it('is decided by one of two operators, whatever each wants', async () => {
    const asked = await give();
    const outcomes = await Promise.allSettled([
      approveTenantDiscount(colleague, asked.id),
      refuseTenantDiscount(operators.admin, asked.id, why),
    ]);
    const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(lost).toMatchObject([{ kind: 'conflict' }]);
    const approved = outcomes[0]?.status === 'fulfilled';
    expect(await running()).toBe(approved ? 100 : null);
  });

  it('isn’t given to a subscription that can’t have it any more, and goes on waiting', async () => {
    const asked = await give();
    await pauseSubscription(ctx, id);
    const late = approveTenantDiscount(colleague, asked.id);
    await expect(late).rejects.toMatchObject({ kind: 'conflict' });
    const { data } = await listDiscounts(operators.support, adminDiscountQuery.parse({}));
    expect(data[0]).toMatchObject({ id: asked.id, status: 'requested' });
  });
});

describe('a large discount', () => {
  it('can’t be cut into small ones', async () => {
    const small = { value: '20', duration: 'once' };
    expect(
      await give({ ...small, value: '100', duration: 'repeating', months: '2' }),
    ).toMatchObject({
      status: 'approved',
      decided_by: { email: 'finance@operators.example' },
      value: { amount: 39_800 },
    });
    // 398.00 so far; 79.60 more stay below 500.00, and another 39.80 don't.
    expect(await give({ ...small, value: '40' })).toMatchObject({ status: 'approved' });
    expect(await give(small, colleague)).toMatchObject({ status: 'requested' });
    expect(await running()).toBe(40);
  });

  it('is found in the list over all tenants, and that is written down', async () => {
    const asked = await give();
    const find = async (query: Record<string, string>) =>
      (await listDiscounts(operators.support, adminDiscountQuery.parse(query))).data;
    const { slug } = asked.tenant;
    expect(await find({ search: slug, status: 'requested' })).toEqual([asked]);
    expect(await find({ search: slug, status: 'approved' })).toEqual([]);
    const { rows } = await world.admin.query(
      'SELECT action FROM platform_audit_event ORDER BY id DESC LIMIT 1',
    );
    expect(rows).toEqual([{ action: 'discounts.listed' }]);
  });
});

describe('the database', () => {
  it('keeps what was asked for as it is, and lets nobody approve their own', async () => {
    const asked = await give();
    const own = [ctx.tenantId];
    const change = (set: string) =>
      world.admin.query(`UPDATE discount_request SET ${set} WHERE tenant_id = $1`, own);
    await expect(change('value = 1')).rejects.toThrow(/doesn't change/);
    await expect(
      change(`status = 'approved', decided_by = requested_by, decided_at = now()`),
    ).rejects.toThrow(/second operator/);
    await expect(
      world.admin.query('DELETE FROM discount_request WHERE tenant_id = $1', own),
    ).rejects.toThrow(/kept/);
    await refuseTenantDiscount(colleague, asked.id, why);
    await expect(
      change(`status = 'requested', decided_at = NULL, decided_by = NULL, refusal = NULL`),
    ).rejects.toThrow(/decided/);
  });
});

import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { fixedClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  addGrant,
  can,
  getEntitlements,
  grantTrial,
  requireFeature,
  requireSubscription,
  setEntitlements,
  takeLimit,
} from '.';

const database = useTestDatabase();
const DAY = 86_400_000;
const start = new Date('2026-03-10T12:00:00Z');
let admin: pg.Client;
let clock: ReturnType<typeof fixedClock>;
let ctx: Ctx;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

beforeEach(() => {
  clock = fixedClock(start);
  ctx = {
    tenantId: newId(),
    actor: { kind: 'job', name: 'test' },
    requestId: 'req_test',
    clock,
    ip: null,
    userAgent: null,
  };
});

const trial = () => withTenant(ctx, (tx) => grantTrial(tx, ctx));

describe('a trial', () => {
  it('gives Starter for fourteen days and tells of it once', async () => {
    const { trialEndsAt } = await trial();
    await trial();
    expect(trialEndsAt.getTime() - start.getTime()).toBe(14 * DAY);
    const entitlements = await withTenant(ctx, (tx) => getEntitlements(tx, ctx));
    expect(entitlements).toMatchObject({ planId: 'starter', source: 'trial' });
    expect(entitlements.limits).toMatchObject({ strategies: 5, backtests_per_month: 10 });
    expect(entitlements.features).toContain('backtesting');
    const told = await admin.query('SELECT topic FROM outbox WHERE tenant_id = $1', [ctx.tenantId]);
    expect(told.rows).toEqual([{ topic: 'entitlements.changed' }]);
  });

  it('never contains what is only planned', async () => {
    await trial();
    expect(await can(ctx, 'paper_trading')).toBe(false);
    expect(await can(ctx, 'backtesting')).toBe(true);
  });

  it('refuses writes when it is over, and leaves reading', async () => {
    await trial();
    clock.advance(14 * DAY);
    await expect(withTenant(ctx, (tx) => requireSubscription(tx, ctx))).rejects.toMatchObject({
      kind: 'payment_required',
      code: 'subscription_required',
      extra: { upgrade_to: 'starter' },
    });
    await expect(
      withTenant(ctx, (tx) => takeLimit(tx, ctx, 'strategies', { used: async () => 0 })),
    ).rejects.toMatchObject({ code: 'subscription_required' });
    expect(await can(ctx, 'backtesting')).toBe(false);
    expect(await can(ctx, 'api_read')).toBe(true);
  });

  it('is missing: nothing is allowed', async () => {
    await expect(withTenant(ctx, (tx) => requireSubscription(tx, ctx))).rejects.toMatchObject({
      code: 'subscription_required',
    });
  });
});

describe('limits', () => {
  const take = (used: number, want?: number) =>
    withTenant(ctx, (tx) =>
      takeLimit(tx, ctx, 'backtests_per_month', {
        used: async () => used,
        ...(want === undefined ? {} : { want }),
      }),
    );

  it('allow the last one and refuse the next, naming the plan that lifts it', async () => {
    await trial();
    await expect(take(9)).resolves.toMatchObject({ planId: 'starter' });
    await expect(take(10)).rejects.toMatchObject({
      kind: 'payment_required',
      code: 'quota_exceeded',
      extra: {
        limit: 10,
        used: 10,
        resets_at: '2026-04-01T00:00:00.000Z',
        upgrade_to: 'professional',
        upgrade_name: 'Professional',
      },
    });
  });

  it('are told in words that fit one as they fit many', async () => {
    await trial();
    const keys = withTenant(ctx, (tx) => takeLimit(tx, ctx, 'api_keys', { used: async () => 1 }));
    await expect(keys).rejects.toThrow('Starter includes 1 API key; 1 is used. Professional');
    await expect(take(10)).rejects.toThrow('10 back-tests this month; 10 are used.');
  });

  it('name the smallest plan that has room for all that is wanted', async () => {
    await trial();
    await expect(take(10, 200)).rejects.toMatchObject({ extra: { upgrade_to: 'enterprise' } });
  });

  it('never run out where they are unlimited', async () => {
    await withTenant(ctx, (tx) =>
      setEntitlements(tx, ctx, {
        planId: 'enterprise',
        planVersion: 1,
        source: 'subscription',
        validUntil: null,
        apiCallsBeyond: 0,
      }),
    );
    await expect(take(1_000_000)).resolves.toMatchObject({ planId: 'enterprise' });
  });

  it('give the last place to one of many at once', async () => {
    await trial();
    let used = 4;
    const attempt = () =>
      withTenant(ctx, async (tx) => {
        await takeLimit(tx, ctx, 'strategies', { used: async () => used });
        await new Promise((resolve) => setTimeout(resolve, 5));
        used += 1;
      });
    const results = await Promise.allSettled(Array.from({ length: 8 }, attempt));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('features', () => {
  it('are refused by the name of the plan that has them', async () => {
    await trial();
    await expect(
      withTenant(ctx, (tx) => requireFeature(tx, ctx, 'api_write')),
    ).rejects.toMatchObject({
      code: 'feature_not_in_plan',
      extra: { upgrade_to: 'professional' },
    });
    await expect(
      withTenant(ctx, (tx) => requireFeature(tx, ctx, 'branding')),
    ).rejects.toMatchObject({ extra: { upgrade_to: 'enterprise' } });
  });

  it('that are only planned send nobody to a dearer plan', async () => {
    await trial();
    await expect(
      withTenant(ctx, (tx) => requireFeature(tx, ctx, 'live_trading')),
    ).rejects.toMatchObject({ extra: { upgrade_to: null } });
  });
});

describe('a plan that isn’t sold any more', () => {
  const end = new Date('2031-01-01T00:00:00Z');
  /** On Professional until `paid`. */
  const onProfessional = (paid: Date) =>
    withTenant(ctx, (tx) =>
      setEntitlements(tx, ctx, {
        planId: 'professional',
        planVersion: 1,
        source: 'subscription',
        validUntil: paid,
        apiCallsBeyond: 0,
      }),
    );
  // Once said, it stays: every other test is before it.
  beforeAll(() =>
    admin.query(`UPDATE plan_version SET retired_at = $1 WHERE plan_id = 'professional'`, [end]),
  );

  it('keeps its name and its place: nobody is sent to a smaller one', async () => {
    clock = fixedClock(end);
    ctx = { ...ctx, clock };
    await onProfessional(new Date(end.getTime() + DAY));
    const reason = 'less than the plan';
    await withTenant(ctx, (tx) =>
      addGrant(tx, ctx, { source: 'override', key: 'strategies', value: 2, reason }),
    );
    const third = withTenant(ctx, (tx) =>
      takeLimit(tx, ctx, 'strategies', { used: async () => 2 }),
    );
    await expect(third).rejects.toMatchObject({
      message: expect.stringMatching(/Professional includes 2 strategies/),
      extra: { upgrade_to: 'enterprise' },
    });
    const branding = withTenant(ctx, (tx) => requireFeature(tx, ctx, 'branding'));
    await expect(branding).rejects.toMatchObject({
      message: expect.stringMatching(/isn't part of Professional\. Enterprise has it/),
      extra: { upgrade_to: 'enterprise' },
    });
  });

  it('once over, is come back to while it is sold, and gives way to the next larger one after that', async () => {
    await onProfessional(start);
    const lapsed = () => withTenant(ctx, (tx) => requireSubscription(tx, ctx));
    const refusal = (plan: string) => ({
      code: 'subscription_required',
      extra: { upgrade_to: plan },
    });
    await expect(lapsed()).rejects.toMatchObject(refusal('professional'));
    ctx = { ...ctx, clock: fixedClock(end) };
    await expect(lapsed()).rejects.toMatchObject(refusal('enterprise'));
  });
});

describe('grants', () => {
  const grant = (input: Parameters<typeof addGrant>[2]) =>
    withTenant(ctx, (tx) => addGrant(tx, ctx, input));
  const limits = async () => (await withTenant(ctx, (tx) => getEntitlements(tx, ctx))).limits;

  it('add to the plan, and end when they are meant to', async () => {
    await trial();
    const endsAt = new Date(start.getTime() + DAY);
    await grant({ source: 'addon', key: 'api_calls_per_month', value: 5_000, reason: 'add-on' });
    await grant({ source: 'grant', key: 'strategies', value: null, endsAt, reason: 'a fair' });
    await grant({ source: 'grant', key: 'branding', value: true, endsAt, reason: 'a fair' });
    expect(await limits()).toMatchObject({ api_calls_per_month: 15_000, strategies: null });
    expect(await can(ctx, 'branding')).toBe(true);
    clock.advance(DAY);
    expect(await limits()).toMatchObject({ api_calls_per_month: 15_000, strategies: 5 });
    expect(await can(ctx, 'branding')).toBe(false);
  });

  it('reach the columns that the gateway reads, and the audit log', async () => {
    await trial();
    await grant({ source: 'override', key: 'requests_per_second', value: 2, reason: 'abuse' });
    const row = await admin.query('SELECT rate, burst FROM entitlement WHERE tenant_id = $1', [
      ctx.tenantId,
    ]);
    expect(row.rows).toEqual([{ rate: 2, burst: 20 }]);
    const audit = await admin.query('SELECT action, after FROM audit_event WHERE tenant_id = $1', [
      ctx.tenantId,
    ]);
    expect(audit.rows).toMatchObject([
      { action: 'entitlement.granted', after: { key: 'requests_per_second', value: 2 } },
    ]);
  });

  it('that contradict themselves are refused', async () => {
    await trial();
    await expect(
      grant({ source: 'grant', key: 'strategies', value: true, reason: 'nonsense' }),
    ).rejects.toThrow('A feature is granted with true');
  });
});

it('keeps entitlements of one tenant from another', async () => {
  await trial();
  const other = { ...ctx, tenantId: newId() };
  const seen = await withTenant(other, (tx) => tx.entitlement.findMany());
  expect(seen).toEqual([]);
});

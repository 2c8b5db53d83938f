import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addGrant } from '@/lib/domains/entitlements';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  createApiKey,
  findApiKey,
  forgetApiKeys,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from '.';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(world.open);
afterAll(async () => {
  await closeDatabase();
  await world.close();
});

let ctx: Ctx;
beforeEach(async () => {
  ctx = (await world.owner()).ctx;
  await world.plan(ctx.tenantId, 'professional');
});

/** As a process that was told of the change, which tests by hand are not. */
async function plan(planId: string) {
  await world.plan(ctx.tenantId, planId);
  forgetApiKeys(ctx.tenantId);
}

/** What a call by this key that needs the scope is told; null when it may go on. */
async function refusal(secret: string, scope: Parameters<typeof authorise>[1]) {
  const key = await findApiKey(secret, world.clock.now());
  if (!key) throw new Error('the key works');
  try {
    authorise({ ...ctx, actor: { kind: 'apiKey', ...key } }, scope);
    return null;
  } catch (error) {
    return error;
  }
}

const noWrites = {
  kind: 'payment_required',
  code: 'feature_not_in_plan',
  extra: { feature: 'api_write', upgrade_to: 'professional', upgrade_name: 'Professional' },
};
const noRoom = {
  kind: 'payment_required',
  code: 'quota_exceeded',
  extra: { limit_name: 'api_keys', limit: 1, upgrade_to: 'professional' },
};
const sleeping = async () => {
  const { data } = await listApiKeys(ctx, { limit: 100 });
  return Object.fromEntries(data.map((key) => [key.name, key.sleeping]));
};

describe('write scopes on a plan whose keys only read', () => {
  it('are refused with the plan that has them, kept, and wake by themselves', async () => {
    const key = await createApiKey(ctx, { name: 'robot' });
    expect(key.sleeping).toBeNull();
    await plan('starter');
    expect(await refusal(key.secret, 'backtests:write')).toMatchObject(noWrites);
    expect(await refusal(key.secret, 'backtests:read')).toBeNull();
    const shown = (await sleeping()).robot;
    expect(shown).toMatchObject({ code: 'feature_not_in_plan', upgrade_to: 'professional' });
    expect(shown?.scopes).toEqual(key.scopes.filter((scope) => scope.endsWith(':write')));
    await plan('professional');
    expect(await refusal(key.secret, 'backtests:write')).toBeNull();
    expect(await sleeping()).toEqual({ robot: null });
    const { data } = await listApiKeys(ctx, { limit: 100 });
    expect(data[0]?.scopes).toEqual(key.scopes);
  });

  it('are still 403 where the key never had them or the role lost them', async () => {
    const reader = await createApiKey(ctx, { name: 'reader', scopes: ['usage:read'] });
    const manager = await world.member(ctx.tenantId, 'manager');
    const theirs = await createApiKey(manager.ctx, { name: 'theirs' });
    await plan('starter');
    const all = await world.admin.query('UPDATE membership SET role = $2 WHERE user_id = $1', [
      manager.userId,
      'viewer',
    ]);
    expect(all.rowCount).toBe(1);
    expect(await refusal(reader.secret, 'backtests:write')).toMatchObject({ kind: 'forbidden' });
    expect(await refusal(theirs.secret, 'strategies:write')).toMatchObject({ kind: 'forbidden' });
  });

  it('wake with a grant of the feature, without another plan', async () => {
    const key = await createApiKey(ctx, { name: 'robot' });
    await plan('starter');
    await withTenant(ctx, (tx) =>
      addGrant(tx, ctx, { source: 'grant', key: 'api_write', value: true, reason: 'pilot' }),
    );
    forgetApiKeys(ctx.tenantId);
    expect(await refusal(key.secret, 'backtests:write')).toBeNull();
  });

  it('can be rotated away when they leak, and sleep on in the new key', async () => {
    const key = await createApiKey(ctx, { name: 'leaked' });
    await plan('starter');
    const fresh = await rotateApiKey(ctx, key.id, { overlap_seconds: 0 });
    expect(fresh.scopes).toEqual(key.scopes);
    expect(fresh.sleeping).toMatchObject({ code: 'feature_not_in_plan' });
    expect(await refusal(fresh.secret, 'backtests:write')).toMatchObject(noWrites);
  });
});

describe('keys beyond the plan’s number', () => {
  const three = async () => {
    const keys = [];
    for (const name of ['first', 'second', 'third']) {
      keys.push(await createApiKey(ctx, { name, scopes: ['usage:read'] }));
      world.clock.advance(1_000);
    }
    return keys as [(typeof keys)[0], (typeof keys)[0], (typeof keys)[0]];
  };

  it('sleep whole, the oldest stays awake, and the next wakes when that one goes', async () => {
    const [first, second, third] = await three();
    await plan('starter');
    expect(await refusal(first.secret, 'usage:read')).toBeNull();
    for (const key of [second, third]) {
      expect(await refusal(key.secret, 'usage:read')).toMatchObject(noRoom);
    }
    expect(await sleeping()).toMatchObject({
      first: null,
      second: { code: 'quota_exceeded', scopes: ['usage:read'], upgrade_name: 'Professional' },
      third: { code: 'quota_exceeded' },
    });
    await revokeApiKey(ctx, first.id);
    forgetApiKeys(ctx.tenantId);
    expect(await refusal(second.secret, 'usage:read')).toBeNull();
    expect(await refusal(third.secret, 'usage:read')).toMatchObject(noRoom);
  });

  it('keep their places when they are rotated, both keys of the overlap alike', async () => {
    const [first, second] = await three();
    await plan('starter');
    const fresh = await rotateApiKey(ctx, first.id, { overlap_seconds: 60 });
    expect(await refusal(fresh.secret, 'usage:read')).toBeNull();
    expect(await refusal(first.secret, 'usage:read')).toBeNull();
    expect(await refusal(second.secret, 'usage:read')).toMatchObject(noRoom);
    const again = await rotateApiKey(ctx, fresh.id, { overlap_seconds: 0 });
    expect(await refusal(again.secret, 'usage:read')).toBeNull();
  });

  it('count only those that work', async () => {
    const expires_at = new Date(world.clock.now().getTime() + 60_000).toISOString();
    await createApiKey(ctx, { name: 'short', expires_at });
    const next = await createApiKey(ctx, { name: 'next', scopes: ['usage:read'] });
    await plan('starter');
    expect(await refusal(next.secret, 'usage:read')).toMatchObject(noRoom);
    world.clock.advance(60_000);
    forgetApiKeys(ctx.tenantId);
    expect(await refusal(next.secret, 'usage:read')).toBeNull();
  });
});

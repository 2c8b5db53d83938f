import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  createApiKey,
  findApiKey,
  getKeyOptions,
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

const page = { limit: 100 };
const find = (secret: string) => findApiKey(secret, world.clock.now());

describe('a new key', () => {
  it('works, may all that plan and person allow, and leaves no trace of its secret', async () => {
    const key = await createApiKey(ctx, { name: 'robot' });
    expect(await find(key.secret)).toMatchObject({
      tenantId: ctx.tenantId,
      role: 'owner',
      scopes: key.scopes,
    });
    expect(key.scopes).toContain('backtests:write');
    const { rows } = await world.admin.query(
      `SELECT row_to_json(k)::text || (SELECT json_agg(a)::text FROM audit_event a) ||
              (SELECT json_agg(o)::text FROM outbox o) AS everything FROM api_key k WHERE name = 'robot'`,
    );
    expect(rows[0].everything).not.toContain(key.secret.slice(12));
    expect(await world.audit(ctx.tenantId)).toContain('api_key.created');
  });

  it('is offered and given by itself only what there is; what is to come may be named', async () => {
    const unbuilt = /^(?:models|accounts|webhooks):/;
    const { scopes } = await getKeyOptions(ctx);
    expect(scopes.filter((scope) => unbuilt.test(scope))).toEqual([]);
    const key = await createApiKey(ctx, { name: 'robot' });
    expect(key.scopes).toEqual(scopes);
    const early = await createApiKey(ctx, { name: 'early', scopes: ['webhooks:read'] });
    expect(early.scopes).toEqual(['webhooks:read']);
  });

  it('is never shown again', async () => {
    await createApiKey(ctx, { name: 'robot' });
    const { data } = await listApiKeys(ctx, page);
    expect(data).toHaveLength(1);
    expect(data[0]).not.toHaveProperty('secret');
  });

  it('can only read on a plan without full API access', async () => {
    await world.plan(ctx.tenantId, 'starter');
    const writing = createApiKey(ctx, { name: 'w', scopes: ['backtests:write'] });
    await expect(writing).rejects.toMatchObject({
      code: 'feature_not_in_plan',
      extra: { upgrade_to: 'professional' },
    });
    const key = await createApiKey(ctx, { name: 'r' });
    expect(key.scopes.filter((scope) => scope.endsWith(':write'))).toEqual([]);
    const second = createApiKey(ctx, { name: 'r2' });
    await expect(second).rejects.toMatchObject({ code: 'quota_exceeded', extra: { limit: 1 } });
  });

  it('cannot be given what its maker lacks, nor made by those who may not', async () => {
    const manager = await world.member(ctx.tenantId, 'manager');
    const beyond = createApiKey(manager.ctx, { name: 'x', scopes: ['billing:write'] });
    await expect(beyond).rejects.toMatchObject({ code: 'forbidden' });
    const trader = await world.member(ctx.tenantId, 'trader');
    await expect(createApiKey(trader.ctx, { name: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(listApiKeys(trader.ctx, page)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('expires when it was told to, and not in the past', async () => {
    const expires_at = new Date(world.clock.now().getTime() + 60_000).toISOString();
    const key = await createApiKey(ctx, { name: 'short', expires_at });
    expect(await find(key.secret)).not.toBeNull();
    world.clock.advance(60_000);
    expect(await find(key.secret)).toBeNull();
    const past = createApiKey(ctx, { name: 'past', expires_at });
    await expect(past).rejects.toMatchObject({ code: 'in_the_past' });
  });

  it('may have a limit of its own, up to the plan’s, and keeps it when it is replaced', async () => {
    const key = await createApiKey(ctx, { name: 'slow', requests_per_second: 2 });
    expect(key.requests_per_second).toBe(2);
    expect(await find(key.secret)).toMatchObject({ requestsPerSecond: 2 });
    const next = await rotateApiKey(ctx, key.id, { overlap_seconds: 0 });
    expect(await find(next.secret)).toMatchObject({ requestsPerSecond: 2 });
    const free = await createApiKey(ctx, { name: 'free' });
    expect(await find(free.secret)).toMatchObject({ requestsPerSecond: null });
    const { data } = await listApiKeys(ctx, page);
    expect(data.map(({ requests_per_second: own }) => own)).toEqual([null, 2]);
    const { requestsPerSecond: plan } = await getKeyOptions(ctx);
    expect(plan).toBeGreaterThan(2);
    const most = createApiKey(ctx, { name: 'most', requests_per_second: plan });
    expect((await most).requests_per_second).toBe(plan);
    const beyond = createApiKey(ctx, { name: 'x', requests_per_second: (plan ?? 0) + 1 });
    await expect(beyond).rejects.toMatchObject({ code: 'above_plan', kind: 'invalid' });
  });

  it('ends with the membership of whoever made it', async () => {
    const manager = await world.member(ctx.tenantId, 'manager');
    const key = await createApiKey(manager.ctx, { name: 'theirs' });
    await world.admin.query(`UPDATE membership SET status = 'pending' WHERE user_id = $1`, [
      manager.userId,
    ]);
    expect(await find(key.secret)).toBeNull();
  });

  it('is one of two when the last place is asked for ten times at once', async () => {
    await world.plan(ctx.tenantId, 'starter');
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => createApiKey(ctx, { name: 'only' })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('revoking', () => {
  it('ends a key at once, and for good', async () => {
    const key = await createApiKey(ctx, { name: 'gone' });
    expect(await find(key.secret)).not.toBeNull();
    await revokeApiKey(ctx, key.id);
    expect(await find(key.secret)).toBeNull();
    await expect(revokeApiKey(ctx, key.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await world.audit(ctx.tenantId)).toContain('api_key.revoked');
    expect((await listApiKeys(ctx, page)).data).toEqual([]);
  });

  it('never reaches another tenant', async () => {
    const key = await createApiKey(ctx, { name: 'safe' });
    const other = (await world.owner()).ctx;
    await expect(revokeApiKey(other, key.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(rotateApiKey(other, key.id, { overlap_seconds: 0 })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await find(key.secret)).not.toBeNull();
  });
});

describe('rotating', () => {
  it('keeps both keys good for the overlap, then only the new one', async () => {
    const old = await createApiKey(ctx, { name: 'r', scopes: ['usage:read'] });
    const fresh = await rotateApiKey(ctx, old.id, { overlap_seconds: 3_600 });
    expect(fresh).toMatchObject({ name: 'r', scopes: ['usage:read'] });
    expect(await find(old.secret)).not.toBeNull();
    expect(await find(fresh.secret)).not.toBeNull();
    world.clock.advance(3_600_000);
    expect(await find(old.secret)).toBeNull();
    expect(await find(fresh.secret)).not.toBeNull();
    expect(await world.audit(ctx.tenantId)).toContain('api_key.rotated');
  });

  it('ends the old key at once without an overlap, and happens once', async () => {
    const old = await createApiKey(ctx, { name: 'r' });
    await rotateApiKey(ctx, old.id, { overlap_seconds: 60 });
    await expect(rotateApiKey(ctx, old.id, { overlap_seconds: 0 })).rejects.toMatchObject({
      code: 'already_rotated',
    });
    const other = await createApiKey(ctx, { name: 's' });
    await rotateApiKey(ctx, other.id, { overlap_seconds: 0 });
    expect(await find(other.secret)).toBeNull();
  });

  it('gives nobody a key with more power than their own', async () => {
    const key = await createApiKey(ctx, { name: 'strong', scopes: ['billing:write'] });
    const manager = await world.member(ctx.tenantId, 'manager');
    await expect(rotateApiKey(manager.ctx, key.id, { overlap_seconds: 0 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

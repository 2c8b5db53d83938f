import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, createApiKeyInput, rotateApiKey } from '@/lib/domains/gateway';
import { closeDatabase } from '@/lib/infra/db';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { countStanding } from '.';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

describe('what a plan limits by number', () => {
  it('is counted as the limits are: a key that is being replaced counts once', async () => {
    const { ctx, tenantId } = await world.owner({ verified: true });
    await world.plan(tenantId, 'professional');
    await world.member(tenantId, 'viewer');
    expect(await countStanding(ctx)).toEqual({ strategies: 0, members: 2, api_keys: 0 });
    const wish = { name: 'Feed', scopes: ['usage:read'] };
    const key = await createApiKey(ctx, createApiKeyInput.parse(wish));
    await rotateApiKey(ctx, key.id, { overlap_seconds: 3_600 });
    expect((await countStanding(ctx)).api_keys).toBe(1);
  });

  it('is for those who may see the bill', async () => {
    const { tenantId } = await world.owner();
    const { ctx } = await world.member(tenantId, 'viewer');
    await expect(countStanding(ctx)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { checkSlug, getTenant, listTenantsOf, updateTenant } from '.';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

describe('a tenant', () => {
  it('changes name and kind, with an audit row', async () => {
    const { ctx, tenant, tenantId } = await world.owner();
    const changed = await updateTenant(ctx, { name: 'South Capital', tenant_type: 'enterprise' });
    expect(changed).toEqual({ ...tenant, name: 'South Capital', tenant_type: 'enterprise' });
    expect(await getTenant(ctx)).toEqual(changed);
    expect(await world.audit(tenantId)).toContain('tenant.updated');
  });

  it('isn’t changed by those who may not', async () => {
    const { ctx, tenant, tenantId } = await world.owner();
    const { ctx: manager } = await world.member(tenantId, 'manager');
    await expect(updateTenant(manager, { name: 'Mine' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const setup = { ...ctx, actor: { kind: 'setup', codeId: tenantId } } as const;
    await expect(updateTenant(setup, { name: 'Mine' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    expect(await getTenant(setup)).toEqual(tenant);
  });

  it('is listed for its members alone, in pages', async () => {
    const { principal, tenant } = await world.owner();
    const other = await world.owner();
    const page = await listTenantsOf(principal.userId, { limit: 10 });
    expect(page).toEqual({ data: [tenant], next_cursor: null });
    world.clock.advance(1000);
    await world.admin.query(
      `INSERT INTO membership (tenant_id, id, user_id, role, created_at)
       VALUES ($1, gen_random_uuid(), $2, 'viewer', now())`,
      [other.tenantId, principal.userId],
    );
    const first = await listTenantsOf(principal.userId, { limit: 1 });
    const second = await listTenantsOf(principal.userId, {
      limit: 1,
      cursor: first.next_cursor ?? '',
    });
    const ids = [...first.data, ...second.data].map(({ id }) => id);
    expect(ids.sort()).toEqual([tenant.id, other.tenant.id].sort());
    expect(second.next_cursor).toBeNull();
  });
});

describe('checkSlug', () => {
  it('tells free, taken and impossible apart', async () => {
    const { tenant } = await world.owner();
    expect(await checkSlug('quite-free')).toEqual({ state: 'free' });
    const taken = await checkSlug(tenant.slug);
    expect(taken).toMatchObject({ state: 'taken', suggestions: { length: 3 } });
    expect(await checkSlug('No')).toMatchObject({ state: 'invalid' });
    for (const slug of taken.state === 'taken' ? taken.suggestions : []) {
      expect(await checkSlug(slug)).toEqual({ state: 'free' });
    }
  });
});

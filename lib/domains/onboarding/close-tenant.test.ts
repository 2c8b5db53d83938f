import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSession, logIn, resolveMembership } from '@/lib/domains/identity';
import { findPublicTenant, getTenant } from '@/lib/domains/tenancy';
import { closeDatabase } from '@/lib/infra/db';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { closeTenant, confirmByLink, getLink, signUp } from '.';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

describe('closing an organisation', () => {
  it('lets nobody in any more, keeps its address, and an owner can bring it back', async () => {
    const { ctx, email, tenant, tenantId, principal, session } = await world.owner();
    expect(await closeTenant(ctx)).toEqual({ ...tenant, status: 'cancelled' });
    expect(await findPublicTenant(tenant.slug)).toBeNull();
    await expect(getTenant(ctx)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(
      logIn(world.info(), { username: email, password: PASSWORD }),
    ).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    // The person stays signed in: they may belong to other organisations.
    expect(await findSession(session.token, 'cookie', world.clock.now())).not.toBeNull();
    const again = signUp(world.info(), {
      organisation: 'Other',
      slug: tenant.slug,
      email: world.email(),
      password: PASSWORD,
      name: undefined,
      tenantType: 'individual',
    });
    await expect(again).rejects.toMatchObject({ code: 'slug_taken' });
    const token = await world.token(email, 'tenant_closed');
    expect(await getLink(world.info(), token)).toEqual({
      purpose: 'reopen_tenant',
      tenantName: tenant.name,
    });
    expect((await confirmByLink(world.info(), token)).tenant).toEqual(tenant);
    expect(await resolveMembership(principal.userId, { tenantId })).toMatchObject({
      role: 'owner',
    });
    const actions = await world.audit(tenantId);
    expect(actions).toContain('tenant.closed');
    expect(actions).toContain('tenant.reopened');
  });

  it('can’t be undone after thirty days', async () => {
    const { ctx, email } = await world.owner();
    await closeTenant(ctx);
    const token = await world.token(email, 'tenant_closed');
    world.clock.advance(30 * 86_400_000 + 1);
    await expect(confirmByLink(world.info(), token)).rejects.toMatchObject({ code: 'stale_link' });
  });

  it('is for owners', async () => {
    const { tenantId } = await world.owner();
    for (const role of ['admin', 'manager', 'viewer'] as const) {
      const { ctx } = await world.member(tenantId, role);
      await expect(closeTenant(ctx)).rejects.toMatchObject({ kind: 'forbidden' });
    }
    expect(await world.audit(tenantId)).not.toContain('tenant.closed');
  });
});

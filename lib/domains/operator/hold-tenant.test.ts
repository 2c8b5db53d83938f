import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAuditEvents } from '@/lib/domains/audit';
import { resolveMembership } from '@/lib/domains/identity';
import { setTenantStatus } from '@/lib/domains/tenancy';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import type { OperatorRole } from '@/lib/kernel/operator-access';
import { makeOperator, platformAudit, signedInOperator } from '@/lib/testing/operator-world';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { getTenantFacts, liftSuspension, listAllTenants, suspendTenant } from './index';
import { adminTenantQuery } from './schemas';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
const operators = {} as Record<OperatorRole, OperatorCtx>;
let owner: Awaited<ReturnType<PeopleWorld['owner']>>;

beforeAll(async () => {
  await world.open();
  for (const role of ['support', 'finance', 'admin'] as const) {
    const { email } = await makeOperator(world.admin, role, world.email());
    operators[role] = (await signedInOperator(world.info(), email)).ctx;
  }
});
beforeEach(async () => {
  owner = await world.owner();
  // Ids sort by time: what follows comes after the sign-up.
  world.clock.advance(1_000);
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const input = () => ({
  id: publicId('tenant', owner.tenantId),
  slug: owner.tenant.slug,
  reason: 'Card testing from this account',
});
const status = async () =>
  (
    await resolveMembership(owner.ctx.actor.kind === 'member' ? owner.ctx.actor.userId : '', {
      tenantId: owner.tenantId,
    })
  )?.tenantStatus;

describe('suspending a tenant', () => {
  it('is seen by the platform’s log and the tenant’s own, each with who and why', async () => {
    await suspendTenant(operators.admin, input());
    expect(await status()).toBe('suspended');
    const { data } = await listAuditEvents(owner.ctx, { limit: 1 });
    expect(data[0]).toMatchObject({
      action: 'tenant.suspended',
      actor: { kind: 'operator', id: publicId('operator', operators.admin.actor.operatorId) },
      before: { status: 'trial' },
      after: { status: 'suspended', reason: 'Card testing from this account' },
    });
    const { rows } = await world.admin.query(
      `SELECT action, reason, operator_id, before, after FROM platform_audit_event
       WHERE about_tenant_id = $1`,
      [owner.tenantId],
    );
    expect(rows).toEqual([
      {
        action: 'tenant.suspended',
        reason: 'Card testing from this account',
        operator_id: operators.admin.actor.operatorId,
        before: { status: 'trial' },
        after: { status: 'suspended' },
      },
    ]);
  });

  it('holds whatever the subscription says, and gives the old status back when lifted', async () => {
    await suspendTenant(operators.admin, input());
    const moved = await withTenant(owner.ctx, async (tx) => {
      const row = await tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } });
      return setTenantStatus(tx, owner.ctx, row, 'active');
    });
    expect(moved).toBe(false);
    await liftSuspension(operators.admin, { ...input(), reason: 'Cleared with the owner' });
    expect(await status()).toBe('trial');
    expect((await world.audit(owner.tenantId)).at(-1)).toBe('tenant.suspension_lifted');
    expect(await world.topics(owner.tenantId)).toContain('tenant.suspension_lifted');
  });

  it('is told in a sandbox’s own time there, and in real time to the platform', async () => {
    const { tenantId } = owner;
    const there = '2024-02-29T12:00:00.000Z';
    await world.admin.query(
      `INSERT INTO tenant_clock (tenant_id, gateway, clock_id, at, created_at, moved_at)
       VALUES ($1, 'stripe', 'clock_held', $2, now(), now())`,
      [tenantId, there],
    );
    // Which tenants are sandboxes is known for a second.
    await sleep(1_100);
    await suspendTenant(operators.admin, input());
    await getTenantFacts(operators.admin, input().id);
    await liftSuspension(operators.admin, input());
    const acts = ['tenant.suspended', 'tenant.viewed', 'tenant.suspension_lifted'];
    const inside = await world.admin.query(
      `SELECT DISTINCT at FROM audit_event WHERE tenant_id = $1 AND action = ANY ($2)`,
      [tenantId, acts],
    );
    expect(inside.rows).toEqual([{ at: new Date(there) }]);
    const platform = await world.admin.query(
      `SELECT count(*)::int AS acts FROM platform_audit_event
       WHERE about_tenant_id = $1 AND at > $2::timestamptz + interval '1 year'`,
      [tenantId, there],
    );
    expect(platform.rows).toEqual([{ acts: acts.length }]);
    const held = await world.admin.query('SELECT updated_at FROM tenant WHERE id = $1', [tenantId]);
    expect(held.rows).toEqual([{ updated_at: new Date(there) }]);
  });

  it('happens once, of two operators at the same time', async () => {
    const both = await Promise.allSettled([
      suspendTenant(operators.admin, input()),
      suspendTenant(operators.admin, input()),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(suspendTenant(operators.admin, input())).rejects.toMatchObject({
      code: 'already_suspended',
    });
  });

  it.each(['support', 'finance'] as const)('isn’t for %s', async (role) => {
    const tried = suspendTenant(operators[role], input());
    await expect(tried).rejects.toMatchObject({ code: 'forbidden' });
    expect(await status()).toBe('trial');
  });

  it('needs the tenant’s own slug, and a tenant', async () => {
    const other = suspendTenant(operators.admin, { ...input(), slug: 'another' });
    await expect(other).rejects.toMatchObject({ code: 'not_confirmed' });
    const nobody = suspendTenant(operators.admin, { ...input(), id: 'ten_nothing' });
    await expect(nobody).rejects.toMatchObject({ kind: 'not_found' });
    const lifted = liftSuspension(operators.admin, input());
    await expect(lifted).rejects.toMatchObject({ code: 'not_suspended' });
    expect(await status()).toBe('trial');
  });
});

describe('looking at tenants', () => {
  it('is written down: lists on the platform, a tenant in its own log as well', async () => {
    const before = await world.audit(owner.tenantId);
    const { tenant } = await getTenantFacts(operators.support, input().id);
    expect(tenant).toMatchObject({ slug: owner.tenant.slug, status: 'trial', members: 1 });
    expect(await world.audit(owner.tenantId)).toEqual([...before, 'tenant.viewed']);
    const { rows } = await world.admin.query(
      'SELECT action FROM platform_audit_event WHERE operator_id = $1 ORDER BY id',
      [operators.support.actor.operatorId],
    );
    expect(rows.at(-1)).toEqual({ action: 'tenant.viewed' });
  });

  it('is one look while a page looks again by itself, another after a minute, from elsewhere, or at another', async () => {
    const looks = async () =>
      (await world.audit(owner.tenantId)).filter((act) => act === 'tenant.viewed').length;
    const onPlatform = async () =>
      (await platformAudit(world.admin)).filter((act) => act === 'tenant.viewed').length;
    world.clock.advance(60_000);
    const [own, all] = [await looks(), await onPlatform()];
    for (let look = 0; look < 3; look += 1) await getTenantFacts(operators.support, input().id);
    expect([(await looks()) - own, (await onPlatform()) - all]).toEqual([1, 1]);
    await getTenantFacts({ ...operators.support, ip: '203.0.113.99' }, input().id);
    await getTenantFacts(operators.admin, input().id);
    expect([(await looks()) - own, (await onPlatform()) - all]).toEqual([3, 3]);
    world.clock.advance(60_000);
    await getTenantFacts(operators.support, input().id);
    expect([(await looks()) - own, (await onPlatform()) - all]).toEqual([4, 4]);
  });

  it('finds by name, slug, person and id, by status and plan, page by page', async () => {
    const find = async (query: Record<string, unknown>) => {
      const page = await listAllTenants(operators.support, adminTenantQuery.parse(query));
      return page.data.map(({ slug }) => slug);
    };
    const { slug } = owner.tenant;
    for (const search of [slug, owner.email, input().id])
      expect(await find({ search })).toEqual([slug]);
    expect(await find({ search: '%' })).toEqual([]);
    expect(await find({ search: slug, status: 'active' })).toEqual([]);
    expect(await find({ search: slug, status: 'trial', plan: 'starter' })).toEqual([slug]);
    await world.owner();
    expect(await find({ limit: 1 })).not.toEqual([slug]);
    const first = await listAllTenants(operators.support, adminTenantQuery.parse({ limit: 1 }));
    const second = await listAllTenants(
      operators.support,
      adminTenantQuery.parse({ limit: 1, cursor: first.next_cursor }),
    );
    expect(second.data[0]?.slug).toBe(slug);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { newId, publicId } from '@/lib/kernel/ids';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { listAuditEvents, recordAudit } from '.';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const page = { limit: 50 };

describe('the audit log', () => {
  it('says who did what to what, from where', async () => {
    const { ctx, principal } = await world.owner();
    const object = { type: 'strategy', id: newId() };
    world.clock.advance(1000);
    await withTenant(ctx, (tx) =>
      recordAudit(tx, ctx, {
        action: 'strategy.updated',
        object,
        before: { a: 1 },
        after: { a: 2 },
      }),
    );
    const { data } = await listAuditEvents(ctx, page);
    expect(data[0]).toEqual({
      id: expect.stringMatching(/^aud_/),
      action: 'strategy.updated',
      actor: { kind: 'member', id: publicId('user', principal.userId), name: 'Olivia Owner' },
      object: { type: 'strategy', id: publicId('strategy', object.id) },
      before: { a: 1 },
      after: { a: 2 },
      ip: ctx.ip,
      request_id: ctx.requestId,
      at: world.clock.now().toISOString(),
    });
  });

  it('goes with the change: undone together', async () => {
    const { ctx, tenantId } = await world.owner();
    const before = await world.audit(tenantId);
    const failing = withTenant(ctx, async (tx) => {
      await recordAudit(tx, ctx, {
        action: 'tenant.updated',
        object: { type: 'tenant', id: tenantId },
      });
      throw new Error('undo');
    });
    await expect(failing).rejects.toThrow('undo');
    expect(await world.audit(tenantId)).toEqual(before);
  });

  it('comes in pages and by action', async () => {
    const { ctx, tenantId } = await world.owner();
    for (const action of ['key.created', 'key.revoked', 'strategy.created']) {
      world.clock.advance(1000);
      await withTenant(ctx, (tx) =>
        recordAudit(tx, ctx, { action, object: { type: 'tenant', id: tenantId } }),
      );
    }
    const first = await listAuditEvents(ctx, { limit: 2 });
    expect(first.data.map(({ action }) => action)).toEqual(['strategy.created', 'key.revoked']);
    const second = await listAuditEvents(ctx, { limit: 2, cursor: first.next_cursor ?? '' });
    expect(second.data.map(({ action }) => action)).toEqual(['key.created', 'tenant.created']);
    expect(second.next_cursor).toBeNull();
    const keys = await listAuditEvents(ctx, { ...page, action: 'key' });
    expect(keys.data).toHaveLength(2);
    const one = await listAuditEvents(ctx, { ...page, action: 'key.revoked' });
    expect(one.data).toHaveLength(1);
    await expect(listAuditEvents(ctx, { ...page, cursor: 'x' })).rejects.toMatchObject({
      errors: [{ path: 'cursor' }],
    });
  });

  it('is shown to those who may read it, and of one’s own tenant alone', async () => {
    const { tenantId } = await world.owner();
    const { ctx: trader } = await world.member(tenantId, 'trader');
    await expect(listAuditEvents(trader, page)).rejects.toMatchObject({ kind: 'forbidden' });
    const { ctx: auditor } = await world.member(tenantId, 'auditor');
    expect((await listAuditEvents(auditor, page)).data).toHaveLength(1);
    const other = await world.owner();
    const foreign = await listAuditEvents(other.ctx, page);
    expect(foreign.data.map(({ object }) => object.id)).toEqual([
      publicId('tenant', other.tenantId),
    ]);
  });

  it('can’t be rewritten by the application', async () => {
    const { ctx, tenantId } = await world.owner();
    const rewrite = withTenant(ctx, (tx) =>
      tx.auditEvent.updateMany({ where: { tenantId }, data: { action: 'nothing.happened' } }),
    );
    await expect(rewrite).rejects.toThrow(/permission denied/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  changeMemberRole,
  getMember,
  getSeats,
  listMembers,
  removeMember,
} from '@/lib/domains/tenancy';
import { closeDatabase } from '@/lib/infra/db';
import { roles } from '@/lib/kernel/access';
import { publicId } from '@/lib/kernel/ids';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { acceptInvitation, findSession, getInvitation, inviteMember, resolveMembership } from '.';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

async function team() {
  const owner = await world.owner({ verified: true });
  await world.plan(owner.tenantId, 'professional');
  // Ids are sorted by time, which stands still otherwise.
  world.clock.advance(1000);
  return owner;
}

const everybody = { limit: 50 };

describe('inviting', () => {
  it('keeps a seat, mails a link, is audited and listed', async () => {
    const { ctx, tenantId } = await team();
    const email = world.email();
    const invited = await inviteMember(ctx, { email, role: 'trader' });
    expect(invited).toMatchObject({ email, role: 'trader', status: 'invited', last_seen_at: null });
    expect((await listMembers(ctx, everybody)).data[0]).toEqual(invited);
    expect(await getMember(ctx, invited.id)).toEqual(invited);
    expect(await world.audit(tenantId)).toContain('member.invited');
    expect(await world.token(email, 'invitation')).toBeTruthy();
    await expect(inviteMember(ctx, { email, role: 'viewer' })).rejects.toMatchObject({
      code: 'already_invited',
    });
  });

  it('tells before anybody asks whether a seat is free, and the plan that has more', async () => {
    const { ctx, tenantId } = await world.owner({ verified: true });
    const lifted = { id: 'professional', name: 'Professional' };
    expect(await getSeats(ctx)).toEqual({ subscribed: true, used: 1, limit: 1, liftedBy: lifted });
    await world.plan(tenantId, 'professional');
    await inviteMember(ctx, { email: world.email(), role: 'viewer' });
    expect(await getSeats(ctx)).toMatchObject({ used: 2, liftedBy: null });
    await world.admin.query(
      `UPDATE entitlement SET source = 'trial', valid_until = $2 WHERE tenant_id = $1`,
      [tenantId, new Date(world.clock.now().getTime() - 1)],
    );
    expect(await getSeats(ctx)).toMatchObject({ subscribed: false });
    await expect(getSeats(world.ctx(ctx.tenantId, tenantId, 'billing'))).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it('is refused over quota, with the plan that lifts it', async () => {
    const { ctx } = await world.owner({ verified: true });
    await expect(inviteMember(ctx, { email: world.email(), role: 'viewer' })).rejects.toMatchObject(
      {
        kind: 'payment_required',
        code: 'quota_exceeded',
        extra: { limit: 1, used: 1, upgrade_to: 'professional' },
      },
    );
  });

  it('gives the last seat to one of many at once', async () => {
    const { ctx } = await team();
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => inviteMember(ctx, { email: world.email(), role: 'viewer' })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  });

  it('needs a confirmed address of one’s own', async () => {
    const { ctx, tenantId } = await world.owner();
    await world.plan(tenantId, 'professional');
    await expect(inviteMember(ctx, { email: world.email(), role: 'viewer' })).rejects.toMatchObject(
      { kind: 'forbidden', code: 'email_not_verified' },
    );
  });

  it('gives nobody more than the inviter holds', async () => {
    const { tenantId } = await team();
    for (const role of roles.filter((one) => one !== 'owner')) {
      const { ctx } = await world.member(tenantId, role);
      const attempt = inviteMember(ctx, { email: world.email(), role: 'owner' });
      await expect(attempt).rejects.toMatchObject({ kind: 'forbidden' });
    }
    const { ctx: manager } = await world.member(tenantId, 'manager');
    for (const role of ['admin', 'billing'] as const) {
      await expect(inviteMember(manager, { email: world.email(), role })).rejects.toMatchObject({
        kind: 'forbidden',
      });
    }
  });
});

describe('accepting', () => {
  it('as a new person makes them, confirmed, and signs them in', async () => {
    const { ctx, tenantId, tenant } = await team();
    const email = world.email();
    const invited = await inviteMember(ctx, { email, role: 'analyst' });
    const token = await world.token(email, 'invitation');
    expect(await getInvitation(world.info(), token)).toMatchObject({
      tenantName: tenant.name,
      email,
      role: 'analyst',
      known: false,
    });
    await expect(acceptInvitation(world.info(), { token }, null)).rejects.toMatchObject({
      errors: [{ path: 'name' }],
    });
    const input = { token, name: 'Nora New', password: PASSWORD };
    const { session, tenantSlug } = await acceptInvitation(world.info(), input, null);
    expect(tenantSlug).toBe(tenant.slug);
    const found = await findSession(session?.token ?? '', 'cookie', world.clock.now());
    expect(found).toMatchObject({ email, name: 'Nora New', emailVerified: true });
    const place = await resolveMembership(found?.userId ?? '', { tenantId });
    expect(place?.role).toBe('analyst');
    // The same id as the invitation, now a member.
    expect(await getMember(ctx, invited.id)).toMatchObject({ status: 'active', email });
    expect(await world.audit(tenantId)).toContain('member.joined');
    await expect(acceptInvitation(world.info(), input, null)).rejects.toMatchObject({
      code: 'stale_link',
    });
  });

  it('as somebody known needs their own session', async () => {
    const { ctx, tenantId } = await team();
    const known = await world.owner({ verified: true });
    const stranger = await world.owner({ verified: true });
    await inviteMember(ctx, { email: known.email, role: 'viewer' });
    const token = await world.token(known.email, 'invitation');
    await expect(acceptInvitation(world.info(), { token }, null)).rejects.toMatchObject({
      code: 'sign_in_first',
    });
    await expect(
      acceptInvitation(world.info(), { token }, stranger.principal),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    await acceptInvitation(world.info(), { token }, known.principal);
    expect(await resolveMembership(known.principal.userId, { tenantId })).toMatchObject({
      role: 'viewer',
    });
  });

  it('is over when the invitation is old or taken back', async () => {
    const { ctx, tenantId } = await team();
    const email = world.email();
    const invited = await inviteMember(ctx, { email, role: 'viewer' });
    const token = await world.token(email, 'invitation');
    await removeMember(ctx, invited.id);
    expect(await world.audit(tenantId)).toContain('invitation.revoked');
    await expect(getInvitation(world.info(), token)).rejects.toMatchObject({ code: 'stale_link' });
    await inviteMember(ctx, { email, role: 'viewer' });
    const second = await world.token(email, 'invitation');
    world.clock.advance(7 * 86_400_000 + 1);
    await expect(getInvitation(world.info(), second)).rejects.toMatchObject({
      code: 'stale_link',
    });
    await expect(inviteMember(ctx, { email, role: 'viewer' })).resolves.toBeDefined();
  });
});

describe('members', () => {
  it('change role within what the changer holds, with an audit row', async () => {
    const { ctx, tenantId } = await team();
    const { membershipId, ctx: viewer } = await world.member(tenantId, 'viewer');
    const id = publicId('membership', membershipId);
    expect(await changeMemberRole(ctx, id, { role: 'trader' })).toMatchObject({ role: 'trader' });
    expect(await world.audit(tenantId)).toContain('member.role_changed');
    await expect(changeMemberRole(viewer, id, { role: 'viewer' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const admin = await world.member(tenantId, 'admin');
    const manager = await world.member(tenantId, 'manager');
    const adminId = publicId('membership', admin.membershipId);
    await expect(changeMemberRole(manager.ctx, adminId, { role: 'viewer' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(removeMember(manager.ctx, adminId)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('always keep an owner', async () => {
    const { ctx } = await team();
    const own = (await listMembers(ctx, everybody)).data.find(({ role }) => role === 'owner');
    const id = own?.id ?? '';
    await expect(changeMemberRole(ctx, id, { role: 'admin' })).rejects.toMatchObject({
      code: 'last_owner',
    });
    await expect(removeMember(ctx, id)).rejects.toMatchObject({ code: 'last_owner' });
  });

  it('keep one owner when two leave at once', async () => {
    const { ctx, tenantId } = await team();
    const second = await world.member(tenantId, 'owner');
    const { data } = await listMembers(ctx, everybody);
    const mine = data.find(({ email }) => email !== second.email)?.id ?? '';
    const theirs = publicId('membership', second.membershipId);
    const results = await Promise.allSettled([
      removeMember(ctx, mine),
      removeMember(second.ctx, theirs),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('may leave, and then get in no more', async () => {
    const { tenantId } = await team();
    const { ctx, membershipId, userId } = await world.member(tenantId, 'viewer');
    await removeMember(ctx, publicId('membership', membershipId));
    expect(await resolveMembership(userId, { tenantId })).toBeNull();
    expect(await world.audit(tenantId)).toContain('member.removed');
  });

  it('of another tenant don’t exist', async () => {
    const { ctx } = await team();
    const other = await team();
    const { membershipId } = await world.member(other.tenantId, 'viewer');
    const id = publicId('membership', membershipId);
    for (const attempt of [
      () => getMember(ctx, id),
      () => changeMemberRole(ctx, id, { role: 'admin' }),
      () => removeMember(ctx, id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' });
    }
    expect((await listMembers(ctx, everybody)).data.map((one) => one.id)).not.toContain(id);
  });

  it('come in pages, newest first', async () => {
    const { ctx, tenantId } = await team();
    for (let i = 0; i < 4; i += 1) await world.member(tenantId, 'viewer');
    const first = await listMembers(ctx, { limit: 3 });
    expect(first.data).toHaveLength(3);
    const rest = await listMembers(ctx, { limit: 3, cursor: first.next_cursor ?? '' });
    expect(rest.data).toHaveLength(2);
    expect(rest.next_cursor).toBeNull();
    await expect(listMembers(ctx, { limit: 3, cursor: 'x' })).rejects.toMatchObject({
      errors: [{ path: 'cursor' }],
    });
  });
});

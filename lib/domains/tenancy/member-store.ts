import { lockFor, type Tx } from '@/lib/infra/db';
import type { Role } from '@/lib/kernel/access';
import type { Ctx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import type { MemberDto } from './schemas';

/** Somebody who belongs to the tenant, or is to: a membership or an open invitation. */
export type MemberRow = {
  kind: 'membership' | 'invitation';
  id: string;
  userId: string | null;
  email: string;
  name: string;
  role: Role;
  status: MemberDto['status'];
  lastSeenAt: Date | null;
};

type Membership = {
  id: string;
  userId: string;
  role: string;
  status: string;
  lastSeenAt: Date | null;
  user: { email: string; name: string };
};

const ofMembership = (row: Membership): MemberRow => ({
  kind: 'membership',
  id: row.id,
  userId: row.userId,
  email: row.user.email,
  name: row.user.name,
  role: row.role as Role,
  status: row.status === 'pending' ? 'pending' : 'active',
  lastSeenAt: row.lastSeenAt,
});

const ofInvitation = (row: { id: string; email: string; role: string }): MemberRow => ({
  kind: 'invitation',
  id: row.id,
  userId: null,
  email: row.email,
  name: '',
  role: row.role as Role,
  status: 'invited',
  lastSeenAt: null,
});

const openInvitation = (now: Date) => ({
  acceptedAt: null,
  revokedAt: null,
  expiresAt: { gt: now },
});

/** Members and open invitations, those that `older` lets through, newest first. */
export async function readMembers(
  tx: Tx,
  ctx: Ctx,
  older: { id?: { lt: string } },
  take: number,
): Promise<MemberRow[]> {
  const page = { orderBy: { id: 'desc' }, take } as const;
  const { tenantId } = ctx;
  const memberships = await tx.membership.findMany({
    where: { tenantId, ...older },
    include: { user: { select: { email: true, name: true } } },
    ...page,
  });
  const invitations = await tx.invitation.findMany({
    where: { tenantId, ...older, ...openInvitation(ctx.clock.now()) },
    ...page,
  });
  return [...memberships.map(ofMembership), ...invitations.map(ofInvitation)]
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, take);
}

/** One member by public id. Throws `not_found`. */
export async function readMember(tx: Tx, ctx: Ctx, memberId: string): Promise<MemberRow> {
  const id = parsePublicId('membership', memberId);
  if (!id) throw notFound('member');
  const { tenantId } = ctx;
  const membership = await tx.membership.findFirst({
    where: { tenantId, id },
    include: { user: { select: { email: true, name: true } } },
  });
  if (membership) return ofMembership(membership);
  const invitation = await tx.invitation.findFirst({
    where: { tenantId, id, ...openInvitation(ctx.clock.now()) },
  });
  if (!invitation) throw notFound('member');
  return ofInvitation(invitation);
}

/** Seats in use: people, and places kept for those invited. Call it under the lock of `takeLimit`. */
export async function countSeats(tx: Tx, ctx: Ctx): Promise<number> {
  const { tenantId } = ctx;
  const members = await tx.membership.count({ where: { tenantId } });
  const invited = await tx.invitation.count({
    where: { tenantId, ...openInvitation(ctx.clock.now()) },
  });
  return members + invited;
}

/** Holds changes of the tenant's members until the transaction ends, so that two can't outrun a rule. */
export function lockMembers(tx: Tx, ctx: Ctx): Promise<void> {
  return lockFor(tx, ctx.tenantId, 'members');
}

/** How many owners there are besides one. Call it after `lockMembers`. */
export function countOtherOwners(tx: Tx, ctx: Ctx, membershipId: string): Promise<number> {
  return tx.membership.count({
    where: { tenantId: ctx.tenantId, role: 'owner', status: 'active', id: { not: membershipId } },
  });
}

/** A member or invitation as the outside sees it. */
export function presentMember(row: MemberRow): MemberDto {
  return {
    id: publicId('membership', row.id),
    email: row.email,
    name: row.name,
    role: row.role,
    status: row.status,
    last_seen_at: row.lastSeenAt?.toISOString() ?? null,
  };
}

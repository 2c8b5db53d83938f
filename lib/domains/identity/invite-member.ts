import { recordAudit } from '@/lib/domains/audit';
import { takeLimit } from '@/lib/domains/entitlements';
import {
  countSeats,
  lockMembers,
  mayGiveRole,
  type MemberDto,
  presentMember,
  requireVerified,
  rootUrl,
} from '@/lib/domains/tenancy';
import { type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { lifetimes } from './limits';
import { issueCode } from './one-time-codes';
import { queueMail } from './queue-mail';
import type { InviteInput } from './schemas';

async function refuseRepeat(tx: Tx, ctx: Ctx, email: string): Promise<void> {
  const { tenantId } = ctx;
  const member = await tx.membership.count({ where: { tenantId, user: { email } } });
  if (member > 0) throw conflict('already_member', `${email} is a member already.`);
  // An invitation that ran out makes room for a new one.
  await tx.invitation.updateMany({
    where: {
      tenantId,
      email,
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { lte: ctx.clock.now() },
    },
    data: { revokedAt: ctx.clock.now() },
  });
  const open = await tx.invitation.count({
    where: { tenantId, email, acceptedAt: null, revokedAt: null },
  });
  if (open > 0) {
    throw conflict(
      'already_invited',
      `${email} is invited already. Take the invitation back to send a new one.`,
    );
  }
}

/**
 * Invites somebody by e-mail; the seat is kept while the invitation is open. Throws 402 `quota_exceeded`,
 * 403 (role above one's own, `email_not_verified`), 409 `already_member`, `already_invited`.
 */
export async function inviteMember(ctx: Ctx, { email, role }: InviteInput): Promise<MemberDto> {
  mayGiveRole(ctx, role);
  const now = ctx.clock.now();
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const inviter = await requireVerified(tx, ctx, 'invite others');
    await lockMembers(tx, ctx);
    await refuseRepeat(tx, ctx, email);
    await takeLimit(tx, ctx, 'members', { used: () => countSeats(tx, ctx) });
    const id = newId(now.getTime());
    const { token, expiresAt } = await issueCode(tx, {
      purpose: 'invitation',
      tenantId,
      data: { invitationId: id },
      now,
      lifetime: lifetimes.invitation,
    });
    await tx.invitation.create({
      data: { tenantId, id, email, role, invitedBy: inviter.id, createdAt: now, expiresAt },
    });
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    await queueMail(tx, tenantId, {
      template: 'invitation',
      to: email,
      link: rootUrl(`/invite?token=${token}`),
      tenantName: tenant.name,
      inviter: inviter.name,
      role,
    });
    await recordAudit(tx, ctx, {
      action: 'member.invited',
      object: { type: 'member', id },
      after: { email, role },
    });
    await emit(tx, ctx, 'member.invited', { role });
    const seat = { kind: 'invitation', status: 'invited', userId: null, lastSeenAt: null } as const;
    return presentMember({ ...seat, id, email, name: '', role });
  });
}

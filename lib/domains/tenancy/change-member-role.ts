import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { countOtherOwners, lockMembers, presentMember, readMember } from './member-store';
import { mayChangeMember, mayGiveRole } from './policy';
import type { MemberChange, MemberDto } from './schemas';

/**
 * Gives a member (or somebody invited) another role.
 * Throws `forbidden` when either role holds more than the caller's, 409 `last_owner`.
 */
export async function changeMemberRole(
  ctx: Ctx,
  memberId: string,
  { role }: MemberChange,
): Promise<MemberDto> {
  authorise(ctx, 'members:write');
  return withTenant(ctx, async (tx) => {
    await lockMembers(tx, ctx);
    const member = await readMember(tx, ctx, memberId);
    mayChangeMember(ctx, member.role);
    mayGiveRole(ctx, role);
    if (member.role === role) return presentMember(member);
    if (member.role === 'owner' && (await countOtherOwners(tx, ctx, member.id)) === 0) {
      throw conflict(
        'last_owner',
        'This is the only owner. Make somebody else an owner first, then change this role.',
      );
    }
    const key = { tenantId_id: { tenantId: ctx.tenantId, id: member.id } };
    if (member.kind === 'membership') {
      await tx.membership.update({ where: key, data: { role } });
    } else {
      await tx.invitation.update({ where: key, data: { role } });
    }
    await recordAudit(tx, ctx, {
      action: 'member.role_changed',
      object: { type: 'member', id: member.id },
      before: { role: member.role },
      after: { role, email: member.email },
    });
    await emit(tx, ctx, 'member.changed', { role });
    return presentMember({ ...member, role });
  });
}

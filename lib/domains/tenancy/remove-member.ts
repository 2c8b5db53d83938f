import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { allows, type Ctx } from '@/lib/kernel/ctx';
import { conflict, forbidden } from '@/lib/kernel/errors';
import { countOtherOwners, lockMembers, type MemberRow, readMember } from './member-store';
import { mayChangeMember } from './policy';

function mayRemove(ctx: Ctx, member: MemberRow): void {
  const { actor } = ctx;
  // Leaving is everybody's right; a key can't make its creator leave.
  if (actor.kind === 'member' && actor.userId === member.userId) return;
  mayChangeMember(ctx, member.role);
}

/**
 * Takes somebody out of the tenant, or takes an invitation back. Keys they made stop working, their
 * sessions no longer open this tenant. Throws `forbidden`, 409 `last_owner`.
 */
export async function removeMember(ctx: Ctx, memberId: string): Promise<void> {
  if (ctx.actor.kind !== 'member' && !allows(ctx.actor, 'members:write')) {
    throw forbidden('This credential doesn’t include members:write.');
  }
  await withTenant(ctx, async (tx) => {
    await lockMembers(tx, ctx);
    const member = await readMember(tx, ctx, memberId);
    mayRemove(ctx, member);
    const key = { tenantId_id: { tenantId: ctx.tenantId, id: member.id } };
    if (member.kind === 'invitation') {
      await tx.invitation.update({ where: key, data: { revokedAt: ctx.clock.now() } });
    } else {
      if (member.role === 'owner' && (await countOtherOwners(tx, ctx, member.id)) === 0) {
        throw conflict(
          'last_owner',
          'The last owner can’t leave. Make somebody else an owner first, or close the organisation.',
        );
      }
      await tx.membership.delete({ where: key });
    }
    await recordAudit(tx, ctx, {
      action: member.kind === 'invitation' ? 'invitation.revoked' : 'member.removed',
      object: { type: 'member', id: member.id },
      before: { email: member.email, role: member.role },
    });
    await emit(tx, ctx, 'member.removed', {});
  });
}

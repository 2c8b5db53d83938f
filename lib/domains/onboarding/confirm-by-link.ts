import { recordAudit } from '@/lib/domains/audit';
import {
  endSessions,
  forgetPerson,
  issueCode,
  lifetimes,
  markVerified,
  memberCtx,
  peekCode,
  redeemCode,
  setUnusablePassword,
  staleLink,
} from '@/lib/domains/identity';
import { presentTenant, reopenTenantRow, type TenantDto } from '@/lib/domains/tenancy';
import { type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx, PublicCtx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';

export type LinkView = { purpose: 'confirm_tenant' | 'reopen_tenant'; tenantName: string };

type Found = LinkView & { tenantId: string; userId: string; data: Record<string, string> };

async function readLink(info: PublicCtx, token: string): Promise<{ link: Found; ctx: Ctx }> {
  const now = info.clock.now();
  for (const purpose of ['confirm_tenant', 'reopen_tenant'] as const) {
    const code = await peekCode(purpose, token, now);
    if (!code?.tenantId || !code.userId) continue;
    const { tenantId, userId, data } = code;
    const person = { id: userId, emailVerified: true };
    const session = { id: newId(now.getTime()), via: 'cookie' } as const;
    const ctx = memberCtx(info, person, { tenantId, role: 'owner' }, session);
    const tenant = await withTenant(ctx, (tx) => tx.tenant.findUnique({ where: { id: tenantId } }));
    if (!tenant) throw staleLink();
    return { link: { purpose, tenantName: tenant.name, tenantId, userId, data }, ctx };
  }
  throw staleLink();
}

/** What a link of the page `/confirm` is for, without using it up. Throws `stale_link`. */
export async function getLink(info: PublicCtx, token: string): Promise<LinkView> {
  const { link } = await readLink(info, token);
  return { purpose: link.purpose, tenantName: link.tenantName };
}

/**
 * Somebody may have made an account with an address that isn't theirs, and wait for its owner to
 * confirm it. When the address proves to be this person's, what was set before they came is void:
 * sessions end, and they choose a password by the link returned. Null when there is nothing to void.
 */
async function voidUnproven(tx: Tx, info: PublicCtx, userId: string): Promise<string | null> {
  const person = await tx.user.findUniqueOrThrow({ where: { id: userId } });
  if (person.emailVerifiedAt) return null;
  const now = info.clock.now();
  await endSessions(tx, info, { userId, reason: 'account_proven' });
  const lifetime = lifetimes.resetPassword;
  await setUnusablePassword(tx, userId, now);
  return (await issueCode(tx, { purpose: 'reset_password', userId, now, lifetime })).token;
}

/** The owner, known before, wants the tenant: from now on it is theirs. */
async function confirmOwner(tx: Tx, ctx: Ctx, userId: string) {
  const { tenantId } = ctx;
  const { count } = await tx.membership.updateMany({
    where: { tenantId, userId, status: 'pending' },
    data: { status: 'active' },
  });
  if (count === 0) throw staleLink();
  const resetToken = await voidUnproven(tx, ctx, userId);
  await markVerified(tx, userId, ctx.clock.now());
  const membership = await tx.membership.findFirstOrThrow({ where: { tenantId, userId } });
  await recordAudit(tx, ctx, {
    action: 'member.joined',
    object: { type: 'member', id: membership.id },
    after: { role: 'owner', confirmed_by_mail: true },
  });
  await emit(tx, ctx, 'member.joined', { role: 'owner' });
  const row = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  return { row, resetToken };
}

/**
 * Does what a mailed link of the page `/confirm` offers: adds a tenant to the account of the person it was
 * made for, or brings a closed tenant back. With `resetToken` the person has to choose a password
 * first, at `/reset?token=`. Throws `stale_link`.
 */
export async function confirmByLink(
  info: PublicCtx,
  token: string,
): Promise<{ purpose: LinkView['purpose']; tenant: TenantDto; resetToken: string | null }> {
  const { link, ctx } = await readLink(info, token);
  const { purpose, userId } = link;
  const { row, resetToken } = await withTenant(ctx, async (tx) => {
    if (!(await redeemCode(tx, purpose, token, info.clock.now()))) throw staleLink();
    if (purpose === 'confirm_tenant') return confirmOwner(tx, ctx, userId);
    return {
      row: await reopenTenantRow(tx, ctx, link.data.status ?? 'active'),
      resetToken: null,
    };
  });
  if (resetToken) forgetPerson(userId);
  return { purpose, tenant: presentTenant(row), resetToken };
}

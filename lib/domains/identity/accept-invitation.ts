import { recordAudit } from '@/lib/domains/audit';
import { takeLimit } from '@/lib/domains/entitlements';
import { countSeats, lockMembers } from '@/lib/domains/tenancy';
import { type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Role } from '@/lib/kernel/access';
import type { Ctx, PublicCtx } from '@/lib/kernel/ctx';
import { conflict, forbidden, invalid, invalidField } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { createPerson } from './create-person';
import { hashPassword } from './hash-password';
import { peekCode, redeemCode } from './one-time-codes';
import { type BrowserSession, openBrowserSession } from './open-session';
import { passwordFault } from './password-rules';
import type { SessionPrincipal } from './principal';
import { findPersonByEmail } from './prove-password';
import type { AcceptInvitationInput } from './schemas';
import { forgetMemberships } from './session-cache';
import { memberCtx } from './sign-in';
import { markVerified, staleLink } from './verify-email';

/** What the page behind an invitation's link shows. */
export type InvitationView = {
  tenantId: string;
  tenantSlug: string;
  tenantName: string;
  email: string;
  role: Role;
  /** Whether the invited address has an account: then sign in, else choose a password. */
  known: boolean;
};

type Open = InvitationView & { invitationId: string };

async function readInvitation(info: PublicCtx, token: string): Promise<Open> {
  const now = info.clock.now();
  const code = await peekCode('invitation', token, now);
  const invitationId = code?.data.invitationId;
  if (!code?.tenantId || !invitationId) throw staleLink();
  const { tenantId } = code;
  const ctx: Ctx = { ...info, tenantId, actor: { kind: 'job', name: 'identity.read-invitation' } };
  const found = await withTenant(ctx, async (tx) => {
    const invitation = await tx.invitation.findFirst({
      where: {
        tenantId,
        id: invitationId,
        acceptedAt: null,
        revokedAt: null,
        expiresAt: { gt: now },
      },
    });
    const tenant = await tx.tenant.findFirst({ where: { id: tenantId, deletedAt: null } });
    return invitation && tenant && { invitation, tenant };
  });
  if (!found) throw staleLink();
  const { email, role } = found.invitation;
  return {
    invitationId,
    tenantId,
    tenantSlug: found.tenant.slug,
    tenantName: found.tenant.name,
    email,
    role: role as Role,
    known: (await findPersonByEmail(email)) !== null,
  };
}

/** The invitation behind a link, without accepting it. Throws `stale_link`. */
export async function getInvitation(info: PublicCtx, token: string): Promise<InvitationView> {
  const { invitationId: _, ...view } = await readInvitation(info, token);
  return view;
}

type Joining = { userId: string; fresh: { name: string; passwordHash: string } | null };

/** Who joins: the person signed in, who must have the invited address, or a new one. */
async function whoJoins(
  invitation: Open,
  input: AcceptInvitationInput,
  principal: SessionPrincipal | null,
): Promise<Joining> {
  const { email, known } = invitation;
  if (principal && principal.email.toLowerCase() === email) {
    return { userId: principal.userId, fresh: null };
  }
  if (principal) {
    throw forbidden(`You are signed in as ${principal.email}; the invitation is for ${email}.`);
  }
  if (known) throw conflict('sign_in_first', `Sign in as ${email} to accept the invitation.`);
  const { name, password } = input;
  if (!name) throw invalidField('name', 'required', 'Tell your colleagues your name.');
  if (!password) throw invalidField('password', 'required', 'Choose a password.');
  const fault = passwordFault(password, { email, name });
  if (fault) throw invalid([fault]);
  return { userId: newId(), fresh: { name, passwordHash: await hashPassword(password) } };
}

async function join(tx: Tx, ctx: Ctx, invitation: Open, userId: string): Promise<void> {
  const now = ctx.clock.now();
  const { tenantId } = ctx;
  const { invitationId: id, role, email } = invitation;
  await lockMembers(tx, ctx);
  const { count } = await tx.invitation.updateMany({
    where: { tenantId, id, acceptedAt: null, revokedAt: null },
    data: { acceptedAt: now },
  });
  if (count === 0) throw staleLink();
  if ((await tx.membership.count({ where: { tenantId, userId } })) > 0) {
    throw conflict('already_member', 'You are a member of this organisation already.');
  }
  // The kept seat was given back a line ago; the plan may have shrunk since it was kept.
  await takeLimit(tx, ctx, 'members', { used: () => countSeats(tx, ctx) });
  await tx.membership.create({
    data: { tenantId, id, userId, role, status: 'active', createdAt: now },
  });
  await recordAudit(tx, ctx, {
    action: 'member.joined',
    object: { type: 'member', id },
    after: { email, role },
  });
  await emit(tx, ctx, 'member.joined', { role });
}

/**
 * Accepts an invitation, as a new person (name and password given) or as the one signed in with the
 * invited address. A new person is signed in at the root host: `session` is theirs.
 * Throws `stale_link`, 409 `sign_in_first` or `already_member`, 402 `quota_exceeded`, `forbidden`.
 */
export async function acceptInvitation(
  info: PublicCtx,
  input: AcceptInvitationInput,
  principal: SessionPrincipal | null,
): Promise<{ tenantSlug: string; session: BrowserSession | null }> {
  const invitation = await readInvitation(info, input.token);
  const { userId, fresh } = await whoJoins(invitation, input, principal);
  const now = info.clock.now();
  const sessionId = principal?.sessionId ?? newId(now.getTime());
  const person = { id: userId, emailVerified: true };
  const ctx = memberCtx(info, person, invitation, { id: sessionId, via: 'cookie' });
  const session = await withTenant(ctx, async (tx) => {
    if (!(await redeemCode(tx, 'invitation', input.token, now))) throw staleLink();
    const { email } = invitation;
    // The mailed link proves the address, of somebody known as well.
    if (fresh) await createPerson(tx, { id: userId, email, ...fresh, emailVerified: true, now });
    else await markVerified(tx, userId, now);
    await join(tx, ctx, invitation, userId);
    return fresh ? openBrowserSession(tx, info, { userId, tenantId: null, sessionId }) : null;
  });
  forgetMemberships();
  return { tenantSlug: invitation.tenantSlug, session };
}

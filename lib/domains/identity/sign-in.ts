import { recordAudit } from '@/lib/domains/audit';
import { withTenant, withUser } from '@/lib/infra/db';
import type { Ctx, PublicCtx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { type BrowserSession, openBrowserSession } from './open-session';
import type { MembershipInfo } from './principal';
import {
  type Person,
  type Proof,
  provePassword,
  signInFailed,
  stillProven,
} from './prove-password';
import { resolveMembership } from './resolve-membership';
import type { SignInInput } from './schemas';

export type SignedIn = {
  session: BrowserSession;
  person: Person;
  membership: MembershipInfo | null;
};

/** A person's own ctx in a tenant, for what they do while signing in. */
export function memberCtx(
  info: PublicCtx,
  person: Pick<Person, 'id' | 'emailVerified'>,
  place: Pick<MembershipInfo, 'tenantId' | 'role'>,
  session: { id: string; via: 'cookie' | 'token' },
): Ctx {
  return {
    ...info,
    tenantId: place.tenantId,
    actor: {
      kind: 'member',
      userId: person.id,
      role: place.role,
      sessionId: session.id,
      via: session.via,
      emailVerified: person.emailVerified,
    },
  };
}

/**
 * Signs a browser in: at a tenant's host (the session is good for that tenant alone) or at the root.
 * Throws 401 `invalid_credentials`, the same for every fault; 429 `rate_limited`.
 */
export async function signIn(info: PublicCtx, input: SignInInput): Promise<SignedIn> {
  const proof = await provePassword(info, input.email, input.password);
  const { person, passwordHash } = proof;
  if (input.tenant === undefined) {
    const session = await withUser(person.id, async (tx) => {
      if (!(await stillProven(tx, person.id, passwordHash))) throw signInFailed();
      return openBrowserSession(tx, info, { userId: person.id, tenantId: null });
    });
    return { session, person, membership: null };
  }
  const membership = await resolveMembership(person.id, { slugOrId: input.tenant });
  if (!membership) throw signInFailed();
  const session = await openTenantSession(info, proof, membership);
  return { session, person, membership };
}

/** A browser's session in one tenant, written down in the tenant's audit log. */
async function openTenantSession(
  info: PublicCtx,
  { person, passwordHash }: Proof,
  membership: Pick<MembershipInfo, 'tenantId' | 'role'>,
): Promise<BrowserSession> {
  const sessionId = newId(info.clock.now().getTime());
  const ctx = memberCtx(info, person, membership, { id: sessionId, via: 'cookie' });
  return withTenant(ctx, async (tx) => {
    if (!(await stillProven(tx, person.id, passwordHash))) throw signInFailed();
    const { tenantId } = membership;
    const session = await openBrowserSession(tx, info, { userId: person.id, tenantId, sessionId });
    await recordAudit(tx, ctx, {
      action: 'session.started',
      object: { type: 'session', id: sessionId },
      after: { kind: 'browser' },
    });
    return session;
  });
}

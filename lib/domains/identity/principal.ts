import type { Role } from '@/lib/kernel/access';

/** Who presents a credential of ours (API keys belong to the gateway). */
export type Principal =
  | {
      kind: 'session';
      via: 'cookie' | 'token';
      sessionId: string;
      /** The sign-in that the session belongs to; it ends as a whole. */
      familyId: string;
      userId: string;
      email: string;
      name: string;
      emailVerified: boolean;
      /** The one tenant it is bound to; null when signed in at the root host. */
      tenantId: string | null;
    }
  | { kind: 'setup'; codeId: string; tenantId: string };

export type SessionPrincipal = Extract<Principal, { kind: 'session' }>;

/** A person's place in a tenant. */
export type MembershipInfo = {
  tenantId: string;
  slug: string;
  name: string;
  role: Role;
  tenantStatus: string;
};

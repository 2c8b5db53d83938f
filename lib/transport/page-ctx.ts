import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { env } from '@/lib/infra/env';
import { clockOf } from '@/lib/infra/tenant-clock';
import {
  findSession,
  type Principal,
  resolveMembership,
  sessionCookie,
} from '@/lib/domains/identity';
import { allows, type Ctx, type PublicCtx } from '@/lib/kernel/ctx';
import { requestInfo } from './request-info';

export type SignedIn = Extract<Principal, { kind: 'session' }>;
type Member = NonNullable<Awaited<ReturnType<typeof resolveMembership>>>;

/** What a dashboard page starts from. `base` is '' on a tenant's host, else `/tenant/{slug}`. */
export type PageCtx = { ctx: Ctx; person: SignedIn; member: Member; base: string };

/** The context of a page that anybody may open. */
export const visitorCtx = cache(async (): Promise<PublicCtx> => requestInfo(await headers()));

/** The person behind the session cookie of this host, or null. */
export const currentPerson = cache(async (): Promise<SignedIn | null> => {
  const token = (await cookies()).get(sessionCookie(env()))?.value;
  if (!token) return null;
  const principal = await findSession(token, 'cookie', new Date());
  return principal?.kind === 'session' ? principal : null;
});

/** Slug that the host names, or null on the root host. */
export async function hostSlug(): Promise<string | null> {
  return (await headers()).get('x-nz-tenant-slug');
}

export async function tenantBase(slug: string): Promise<string> {
  return (await headers()).get('x-nz-base') === 'host' ? '' : `/tenant/${slug}`;
}

/**
 * The use case context of a page that stays while the organisation is suspended: billing, the account and what is around
 * them. Leads to sign-in without a session, and to "not found" for a tenant that the person doesn't belong to, as if it
 * didn't exist.
 */
export const heldPageCtx = cache(async (slug: string): Promise<PageCtx> => {
  const person = await currentPerson();
  const head = await headers();
  if (!person) {
    const next = encodeURIComponent(head.get('x-nz-path') ?? '/');
    // A tenant's host asks the root host first, where this browser may be signed in already.
    if (head.get('x-nz-base') === 'host') redirect(`/handover/start?next=${next}`);
    redirect(`/sign-in?tenant=${encodeURIComponent(slug)}&next=${next}`);
  }
  const member = await resolveMembership(person.userId, { slugOrId: slug });
  if (!member || (person.tenantId !== null && person.tenantId !== member.tenantId)) notFound();
  const ctx: Ctx = {
    ...requestInfo(head),
    clock: await clockOf(member.tenantId),
    tenantId: member.tenantId,
    actor: {
      kind: 'member',
      userId: person.userId,
      role: member.role,
      sessionId: person.sessionId,
      via: 'cookie',
      emailVerified: person.emailVerified,
    },
  };
  return { ctx, person, member, base: await tenantBase(slug) };
});

/** The same for all other pages: while the organisation is suspended they lead to what lifts that, or says why. */
export async function pageCtx(slug: string): Promise<PageCtx> {
  const page = await heldPageCtx(slug);
  if (page.member.tenantStatus !== 'suspended') return page;
  redirect(`${page.base}${allows(page.ctx.actor, 'billing:read') ? '/billing' : '/account'}`);
}

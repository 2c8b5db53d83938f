import { env } from '@/lib/infra/env';
import { clockOf } from '@/lib/infra/tenant-clock';
import { findApiKey } from '@/lib/domains/gateway';
import {
  findSession,
  findSetupToken,
  findSuspension,
  type Principal,
  resolveMembership,
  sessionCookie,
  type Suspension,
} from '@/lib/domains/identity';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { conflict, DomainError, notFound, unauthenticated } from '@/lib/kernel/errors';
import { readCookie } from './request-info';

export type ApiKeyPrincipal = NonNullable<Awaited<ReturnType<typeof findApiKey>>> & {
  kind: 'apiKey';
};
export type Caller = Principal | ApiKeyPrincipal;

/** The header by which the gateway says which tenant the host names. */
export const TENANT_HEADER = 'x-nz-tenant-slug';

/** Finds who is calling; null without a credential. Throws `unauthenticated` for a bad one. */
export async function findCaller(headers: Headers, info: RequestInfo): Promise<Caller | null> {
  const authorization = headers.get('authorization');
  const now = info.clock.now();
  if (authorization !== null) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    const caller = token ? await findBearer(token, now) : null;
    if (!caller) throw unauthenticated();
    return caller;
  }
  const cookie = readCookie(headers.get('cookie'), sessionCookie(env()));
  return cookie ? await findSession(cookie, 'cookie', now) : null;
}

async function findBearer(token: string, now: Date): Promise<Caller | null> {
  if (token.startsWith('nz_live_')) {
    const key = await findApiKey(token, now);
    return key && { ...key, kind: 'apiKey' };
  }
  if (token.startsWith('nz_st_')) return findSetupToken(token, now);
  return findSession(token, 'token', now);
}

export type TenantWish = {
  /** Slug that the host names. */
  host: string | null;
  /** Public id in the path. */
  path: string | null;
  /** `X-Tenant-ID` or `?tenant=`: id or slug. */
  chosen: string | null;
};

export type TenantOfCall = {
  ctx: Ctx;
  status: string | null;
  /** Null where the credential doesn't say it. */
  slug: string | null;
};

type Member = NonNullable<Awaited<ReturnType<typeof resolveMembership>>>;

/**
 * The tenant of a call, from the credential. What the caller names may only choose among the
 * person's own memberships; anything else is answered as if it didn't exist.
 */
export async function tenantCtx(
  caller: Caller,
  wish: TenantWish,
  info: RequestInfo,
): Promise<TenantOfCall> {
  if (caller.kind === 'apiKey') {
    const actor = {
      kind: 'apiKey',
      keyId: caller.keyId,
      createdBy: caller.createdBy,
      role: caller.role,
      scopes: caller.scopes,
      asleep: caller.asleep,
    } as const;
    return {
      ctx: await inTenant(info, caller.tenantId, actor),
      status: caller.tenantStatus,
      slug: null,
    };
  }
  if (caller.kind === 'setup') {
    const actor = { kind: 'setup', codeId: caller.codeId } as const;
    return { ctx: await inTenant(info, caller.tenantId, actor), status: null, slug: null };
  }
  const member = await findMembership(caller, wish);
  const actor = {
    kind: 'member',
    userId: caller.userId,
    role: member.role,
    sessionId: caller.sessionId,
    via: caller.via,
    emailVerified: caller.emailVerified,
  } as const;
  const { tenantId, tenantStatus: status, slug } = member;
  return { ctx: await inTenant(info, tenantId, actor), status, slug };
}

/** Time is the tenant's. */
async function inTenant(info: RequestInfo, tenantId: string, actor: Ctx['actor']): Promise<Ctx> {
  return { ...info, tenantId, actor, clock: await clockOf(tenantId) };
}

async function findMembership(
  caller: Extract<Principal, { kind: 'session' }>,
  wish: TenantWish,
): Promise<Member> {
  if (caller.tenantId) {
    const member = await resolveMembership(caller.userId, { tenantId: caller.tenantId });
    if (!member || (wish.host !== null && wish.host !== member.slug)) throw unauthenticated();
    return member;
  }
  const slugOrId = wish.chosen ?? wish.path ?? wish.host;
  if (!slugOrId) {
    throw conflict('tenant_required', 'Name the organisation in the header X-Tenant-ID.');
  }
  const member = await resolveMembership(caller.userId, { slugOrId });
  if (!member) throw notFound('organisation');
  return member;
}

/** Another tenant, named in the path or chosen, is answered as if there were no such tenant. */
export async function checkNamedTenant(
  caller: Caller,
  found: { ctx: Ctx; slug: string | null },
  wish: { path: string | null; chosen: string | null },
): Promise<void> {
  const own = publicId('tenant', found.ctx.tenantId);
  if (wish.path !== null && wish.path !== own) throw notFound('organisation');
  if (wish.chosen === null || wish.chosen === own) return;
  const slug = found.slug ?? (await slugOfKey(caller));
  if (wish.chosen.toLowerCase() !== slug) throw notFound('organisation');
}

/** A key doesn't say its tenant's slug, but whoever made it is a member there. */
async function slugOfKey(caller: Caller): Promise<string | null> {
  if (caller.kind !== 'apiKey') return null;
  const { createdBy, tenantId } = caller;
  const maker = await resolveMembership(createdBy, { tenantId });
  return maker?.slug ?? null;
}

/** Refuses what a suspended or cancelled tenant may not do. */
export async function checkStatus(
  ctx: Ctx,
  status: string | null,
  whileSuspended: boolean,
): Promise<void> {
  if (status !== 'suspended' || whileSuspended) return;
  const reason = await findSuspension(ctx);
  throw new DomainError('suspended', 'tenant_suspended', suspensionWords[reason], {
    extra: { reason },
  });
}

const suspensionWords: Record<Suspension, string> = {
  payment_overdue:
    'This organisation is suspended because a payment is overdue. Settle it under Billing; that lifts it at once.',
  operator:
    'This organisation was suspended by an operator, and paying alone doesn’t lift that. Ask our support; the reason stands in the audit log.',
};

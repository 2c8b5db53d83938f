import { LRUCache } from 'lru-cache';
import { once } from '@/lib/infra/registry';
import { CACHE_MS } from './limits';
import type { MembershipInfo, SessionPrincipal } from './principal';

export type CachedSession = {
  principal: SessionPrincipal;
  expiresAt: number;
  absoluteExpiresAt: number;
};

type Caches = {
  sessions: LRUCache<string, CachedSession>;
  memberships: LRUCache<string, MembershipInfo>;
};

/**
 * Spares the database a look-up for each call of a burst. It is measured by the machine's clock, not
 * the injected one, and lives under a second, so that a revocation takes effect within a second
 * on every instance, and at once on the one that made it.
 */
const caches = () =>
  once<Caches>('identity.caches', () => ({
    sessions: new LRUCache({ max: 10_000, ttl: CACHE_MS, ttlResolution: 0 }),
    memberships: new LRUCache({ max: 10_000, ttl: CACHE_MS, ttlResolution: 0 }),
  }));

export const cachedSession = (hash: string) => caches().sessions.get(hash);

export function rememberSession(hash: string, session: CachedSession): void {
  caches().sessions.set(hash, session);
}

/** Forgets the sessions that `match` names. */
export function forgetSessions(match: (principal: SessionPrincipal) => boolean): void {
  const { sessions } = caches();
  for (const [hash, { principal }] of sessions.entries()) {
    if (match(principal)) sessions.delete(hash);
  }
}

export const cachedMembership = (key: string) => caches().memberships.get(key);

export function rememberMembership(key: string, membership: MembershipInfo): void {
  caches().memberships.set(key, membership);
}

/** After rights changed anywhere: of a person, of a tenant's members, or (null) of whomever. */
export function forgetAccess(
  change: { tenant: string | null; person: string | null } | null,
): void {
  const { sessions, memberships } = caches();
  if (!change) {
    sessions.clear();
    memberships.clear();
    return;
  }
  const { tenant, person } = change;
  if (person && !tenant) forgetSessions(({ userId }) => userId === person);
  for (const [key, { tenantId }] of memberships.entries()) {
    const concerned = (!tenant || tenantId === tenant) && (!person || key.startsWith(person));
    if (concerned) memberships.delete(key);
  }
}

/** After roles or members changed in this process. */
export function forgetMemberships(): void {
  caches().memberships.clear();
}

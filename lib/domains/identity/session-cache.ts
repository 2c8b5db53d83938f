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

/** After roles or members changed in this process. */
export function forgetMemberships(): void {
  caches().memberships.clear();
}

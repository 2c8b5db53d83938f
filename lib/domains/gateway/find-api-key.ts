import { LRUCache } from 'lru-cache';
import { sha256 } from '@/lib/infra/crypto';
import { appSql } from '@/lib/infra/db';
import { once } from '@/lib/infra/registry';
import type { Permission, Role } from '@/lib/kernel/access';
import type { AsleepScopes } from '@/lib/kernel/ctx';
import { isApiKeySecret } from './key-format';
import { cataloguePlans } from './plan-that-lifts-calls';
import { asleepScopes, KEY_WITH_RIGHTS, type KeyRights } from './sleeping-scopes';

export type FoundApiKey = {
  keyId: string;
  tenantId: string;
  /** Those for which the plan has room now. */
  scopes: readonly Permission[];
  asleep: AsleepScopes | null;
  createdBy: string;
  /** The creator's role now: a key never may more than the person who made it. */
  role: Role;
  tenantStatus: string;
  /** Its own limit; null: the plan's alone. */
  requestsPerSecond: number | null;
};

type Row = KeyRights & {
  id: string;
  tenant_id: string;
  scopes: Permission[];
  created_by: string;
  role: Role;
  tenant_status: string;
  expires_at: Date | null;
  requests_per_second: number | null;
};

/** How long an answer may be remembered, in ms: a revoked key stops working within a second everywhere. */
const REMEMBER_MS = 800;

type Found = { key: FoundApiKey; expiresAt: number | null } | null;
/** `tenantId` once it is known. */
type Lookup = { answer: Promise<Found>; tenantId: string | null };

const cache = () =>
  once('gateway.api-keys', () => new LRUCache<string, Lookup>({ max: 20_000, ttl: REMEMBER_MS }));

/** The API key a bearer token stands for; null for an unknown, expired or revoked one. */
export async function findApiKey(secret: string, now: Date): Promise<FoundApiKey | null> {
  if (!isApiKeySecret(secret)) return null;
  const hash = sha256(secret);
  let lookup = cache().get(hash);
  if (!lookup) {
    lookup = begin(hash, now);
    cache().set(hash, lookup);
  }
  const found = await lookup.answer;
  if (!found || (found.expiresAt !== null && found.expiresAt <= now.getTime())) return null;
  return found.key;
}

/** Forgets a key in this process at once; other processes follow within a second. */
export function forgetApiKey(secretHash: string): void {
  cache().delete(secretHash);
}

/** Forgets the keys of a tenant (null: of every one), after rights changed anywhere. */
export function forgetApiKeys(tenantId: string | null): void {
  for (const [hash, lookup] of cache().entries()) {
    // One that is under way may have read what was before.
    const concerned = lookup.tenantId === null || lookup.tenantId === tenantId;
    if (tenantId === null || concerned) cache().delete(hash);
  }
}

function begin(hash: string, now: Date): Lookup {
  const lookup: Lookup = { answer: load(hash, now), tenantId: null };
  lookup.answer.then(
    (found) => {
      lookup.tenantId = found?.key.tenantId ?? null;
    },
    () => cache().delete(hash),
  );
  return lookup;
}

async function load(hash: string, now: Date): Promise<Found> {
  const { rows } = await appSql<Row>('gateway.api-key', KEY_WITH_RIGHTS, [hash, now]);
  const [row] = rows;
  if (!row) return null;
  const asleep = await asleepScopes(row.scopes, row, () => cataloguePlans(now));
  return {
    key: {
      keyId: row.id,
      tenantId: row.tenant_id,
      scopes: row.scopes.filter((scope) => !asleep?.scopes.includes(scope)),
      asleep,
      createdBy: row.created_by,
      role: row.role,
      tenantStatus: row.tenant_status,
      requestsPerSecond: row.requests_per_second,
    },
    expiresAt: row.expires_at?.getTime() ?? null,
  };
}

import {
  type PlanLadder,
  planWithFeature,
  planWithRoom,
  readPlanLadder,
  seenFrom,
} from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import type { Permission } from '@/lib/kernel/access';
import type { AsleepScopes, Ctx } from '@/lib/kernel/ctx';

/** A row of door.api_key_rights. */
export type KeyRights = {
  plan_id: string;
  api_write: boolean;
  /** Null: unlimited. */
  keys_limit: number | null;
  /** Lines of keys that work now and are older than this key's. */
  ahead: number;
  live: number;
};

/**
 * The scopes of a key for which the plan has no room now, with what a call that needs one is told;
 * null when there are none. They are kept, and wake by themselves when the plan allows them again.
 * Beyond the plan's number of keys the oldest stay awake: what has run longest is what others rely
 * on, and making a key can't put another one to sleep. `plans` is asked only when something sleeps.
 */
export async function asleepScopes(
  scopes: readonly Permission[],
  rights: KeyRights,
  plans: () => Promise<PlanLadder>,
): Promise<AsleepScopes | null> {
  const { keys_limit: limit, ahead, live } = rights;
  const crowded = limit !== null && ahead >= limit;
  const writes = rights.api_write ? [] : scopes.filter((scope) => scope.endsWith(':write'));
  if (!crowded && writes.length === 0) return null;
  const { own: plan, larger } = seenFrom(await plans(), rights.plan_id);
  const own = plan?.name ?? 'Your plan';
  const better = crowded
    ? planWithRoom(larger, 'api_keys', live)
    : planWithFeature(larger, 'api_write');
  const upgrade = { upgrade_to: better?.planId ?? null, upgrade_name: better?.name ?? null };
  const wake = better ? ` It wakes with ${better.name}.` : '';
  if (crowded) {
    return {
      scopes,
      code: 'quota_exceeded',
      detail: `${own} includes ${limit} API ${limit === 1 ? 'key' : 'keys'} and there are ${live}, so this one sleeps: the oldest stay awake.${wake}`,
      extra: { limit, used: live, resets_at: null, limit_name: 'api_keys', ...upgrade },
    };
  }
  return {
    scopes: writes,
    code: 'feature_not_in_plan',
    detail: `${own} has read-only keys, so what this key may write sleeps.${wake}`,
    extra: { feature: 'api_write', ...upgrade },
  };
}

/** Facts of a key that works now, in the round trip that looks it up by its hash. */
export const KEY_WITH_RIGHTS = `SELECT k.*, r.plan_id, r.api_write, r.keys_limit, r.ahead, r.live
  FROM door.api_key_by_hash($1, $2) k, LATERAL door.api_key_rights(k.tenant_id, k.id, $2) r`;

type Named = { id: string; scopes: string[] };

/** The same for keys of the tenant, by id: what a list of them shows. */
export async function readAsleep(
  tx: Tx,
  ctx: Ctx,
  keys: readonly Named[],
): Promise<Map<string, AsleepScopes>> {
  const now = ctx.clock.now();
  const ids = keys.map(({ id }) => id);
  const rows = await tx.$queryRaw<(KeyRights & { id: string })[]>`
    SELECT k.id, r.* FROM unnest(${ids}::uuid[]) AS k(id),
      LATERAL door.api_key_rights(${ctx.tenantId}::uuid, k.id, ${now}) r`;
  const asleep = new Map<string, AsleepScopes>();
  for (const rights of rows) {
    const scopes = keys.find(({ id }) => id === rights.id)?.scopes as Permission[];
    const found = await asleepScopes(scopes, rights, () => readPlanLadder(tx, now));
    if (found) asleep.set(rights.id, found);
  }
  return asleep;
}

import { type Entitlements, requireFeature } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { isBuilt, type Permission, permissions } from '@/lib/kernel/access';
import { allows, type Ctx } from '@/lib/kernel/ctx';
import { forbidden } from '@/lib/kernel/errors';

const isWrite = (permission: Permission) => permission.endsWith(':write');

/** All that person and plan allow a key to do, of what there is. A scope for what is to come may still be named. */
export function grantableScopes(ctx: Ctx, features: Entitlements['features']): Permission[] {
  const mayWrite = features.includes('api_write');
  return permissions.filter(
    (permission) =>
      isBuilt(permission) && allows(ctx.actor, permission) && (mayWrite || !isWrite(permission)),
  );
}

/** Refuses scopes beyond the person: nobody grants more than they hold. Throws `forbidden`. */
export function mayGrant(ctx: Ctx, scopes: readonly Permission[]): void {
  const beyond = scopes.find((permission) => !allows(ctx.actor, permission));
  if (beyond) throw forbidden(`You can't give a key the scope ${beyond}, which you don't hold.`);
}

/** Refuses scopes beyond the person (403) and beyond the plan (402 `feature_not_in_plan`). */
export async function checkScopes(tx: Tx, ctx: Ctx, scopes: readonly Permission[]): Promise<void> {
  mayGrant(ctx, scopes);
  if (scopes.some(isWrite)) await requireFeature(tx, ctx, 'api_write');
}

import { type Permission, type Role, roleAllows } from './access';
import type { Clock } from './clock';
import { DomainError, forbidden } from './errors';
import { operatorAllows, type OperatorPermission, type OperatorRole } from './operator-access';

/**
 * Scopes that a credential was given and the tenant's plan has no room for now, with what a call that
 * needs one of them is told.
 */
export type AsleepScopes = {
  scopes: readonly Permission[];
  code: 'feature_not_in_plan' | 'quota_exceeded';
  detail: string;
  extra: Record<string, unknown>;
};

/** Who is acting. Closed on purpose: a new kind of caller must be thought through everywhere. */
export type Actor =
  | {
      kind: 'member';
      userId: string;
      role: Role;
      sessionId: string;
      via: 'cookie' | 'token';
      emailVerified: boolean;
    }
  | {
      kind: 'apiKey';
      keyId: string;
      createdBy: string;
      role: Role;
      /** Those that are awake. */
      scopes: readonly Permission[];
      asleep: AsleepScopes | null;
    }
  /** The bearer of a set-up token: may read one new tenant and create its first subscription. */
  | { kind: 'setup'; codeId: string }
  /** One of those who run the platform: no member of any tenant. */
  | { kind: 'operator'; operatorId: string; role: OperatorRole; sessionId: string }
  | { kind: 'job'; name: string }
  | { kind: 'webhook'; provider: 'stripe' | 'paypal' };

/** What every call carries, whoever makes it. */
export type RequestInfo = {
  requestId: string;
  clock: Clock;
  /** Address of the caller as the gateway saw it; null for jobs. */
  ip: string | null;
  userAgent: string | null;
};

/** A use case within one tenant. `tenantId` comes from the credential, never from input. */
export type Ctx = RequestInfo & { tenantId: string; actor: Actor };

/** A use case of the platform itself: an operator's, outside any tenant. */
export type OperatorCtx = RequestInfo & { actor: Extract<Actor, { kind: 'operator' }> };

/** A use case before any tenant is known: sign-up, sign-in, public lists. */
export type PublicCtx = RequestInfo;

/** The person behind the act, where there is one; operators are people of the platform, not of tenants. */
export function actingUserId(ctx: Ctx): string | null {
  const { actor } = ctx;
  if (actor.kind === 'member') return actor.userId;
  return actor.kind === 'apiKey' ? actor.createdBy : null;
}

const setupPermissions: readonly Permission[] = ['tenant:read', 'billing:read', 'billing:write'];

/** Inside a tenant every operator looks; who moves money changes billing; an admin does the rest. */
const operatorReaches = (role: OperatorRole, permission: Permission) =>
  permission.endsWith(':read') ||
  role === 'admin' ||
  (permission === 'billing:write' && operatorAllows(role, 'money:write'));

/** Whether role (and, for a key, scope) allow it. Entitlements are another question. */
export function allows(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'member':
      return roleAllows(actor.role, permission);
    case 'apiKey':
      return actor.scopes.includes(permission) && roleAllows(actor.role, permission);
    case 'setup':
      return setupPermissions.includes(permission);
    case 'operator':
      return operatorReaches(actor.role, permission);
    case 'job':
    case 'webhook':
      return true;
  }
}

/**
 * Throws `forbidden`, naming the missing scope or permission; 402 for a scope that the key has and
 * the plan doesn't.
 */
export function authorise(ctx: Ctx, permission: Permission): void {
  if (allows(ctx.actor, permission)) return;
  if (ctx.actor.kind === 'apiKey') {
    const { asleep, role } = ctx.actor;
    if (asleep?.scopes.includes(permission) && roleAllows(role, permission)) {
      const { code, detail, extra } = asleep;
      throw new DomainError('payment_required', code, detail, { extra });
    }
    throw forbidden(`This API key lacks the scope ${permission}.`);
  }
  if (ctx.actor.kind === 'member') {
    throw forbidden(`Your role (${ctx.actor.role}) doesn't include ${permission}.`);
  }
  throw forbidden(`This credential doesn't include ${permission}.`);
}

/** Throws `forbidden` when the operator's platform role doesn't include the permission. */
export function authoriseOperator({ actor }: OperatorCtx, permission: OperatorPermission): void {
  if (operatorAllows(actor.role, permission)) return;
  throw forbidden(`Your platform role (${actor.role}) doesn't include ${permission}.`);
}

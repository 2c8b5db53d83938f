import type { Call } from './call-route';
import type { TwoTenants } from './two-tenants';

/**
 * `foreign`: the call names something of the victim's, so that it must be refused with 403 or 404.
 * `own`: the call is about the caller's own; whatever it answers, nothing of the victim's may be in it.
 * `public`: anybody may call it.
 */
export type RouteCase = Call & { kind: 'foreign' | 'own' | 'public' };

export type RouteCases = Record<string, (world: TwoTenants) => RouteCase[]>;

/** A call that names something of the victim's. */
export const foreign = (call: Call): RouteCase => ({ kind: 'foreign', ...call });

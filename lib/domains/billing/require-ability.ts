import { conflict } from '@/lib/kernel/errors';
import type { Ability } from './gateways/abilities';
import type { Gateway } from './gateways/port';

/** Throws 409 `gateway_cannot`, with what to do instead, for what whoever collects the money can't do. */
export function requireAbility(gateway: Gateway, ability: Ability): void {
  const detail = gateway.cannot[ability];
  if (detail !== undefined) throw conflict('gateway_cannot', detail);
}

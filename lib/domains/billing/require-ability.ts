import { conflict } from '@/lib/kernel/errors';
import type { Gateway } from './gateways/port';
import type { Command } from './lifecycle';

/** Throws 409 `gateway_cannot`, with what to do instead, for what whoever collects the money can't do. */
export function requireAbility(gateway: Gateway, command: Command): void {
  const detail = gateway.cannot[command];
  if (detail !== undefined) throw conflict('gateway_cannot', detail);
}

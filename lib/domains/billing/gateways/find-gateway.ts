import type { GatewayName } from '../schemas';
import type { Gateway } from './port';
import { stripeGateway } from './stripe/stripe-gateway';

export const gateways: readonly Gateway[] = [stripeGateway];

/** Who collects unless something else is asked for. */
export const DEFAULT_GATEWAY: GatewayName = 'stripe';

/** The gateway of that name, or undefined while it isn't offered. */
export function findGateway(name: string): Gateway | undefined {
  return gateways.find((gateway) => gateway.name === name);
}

/** The gateway by which something was made. Throws a RangeError when it is none that is built in. */
export function gatewayOf(row: { gateway: string }): Gateway {
  const gateway = findGateway(row.gateway);
  if (!gateway) throw new RangeError(`no gateway ${row.gateway}`);
  return gateway;
}

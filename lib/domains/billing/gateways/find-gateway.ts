import { payPalOffered } from '@/lib/infra/paypal';
import type { Clock } from '@/lib/kernel/clock';
import type { GatewayName } from '../schemas';
import { payPalGateway } from './paypal/paypal-gateway';
import type { Gateway } from './port';
import { stripeGateway } from './stripe/stripe-gateway';

/** Who collects unless something else is asked for. */
export const DEFAULT_GATEWAY: GatewayName = 'stripe';

const builtIn: Record<GatewayName, Gateway> = { stripe: stripeGateway, paypal: payPalGateway };

/** Those that are set up here, the default first. */
export const offeredGateways = (): readonly Gateway[] =>
  payPalOffered() ? [stripeGateway, payPalGateway] : [stripeGateway];

/** Those that can collect in a tenant's time: one that is moved needs a provider whose clock moves along. */
export const gatewaysIn = (clock: Clock): readonly Gateway[] =>
  offeredGateways().filter(({ clocks }) => !clock.standing || clocks !== null);

/** The gateway of that name, or undefined while it isn't offered. */
export function findGateway(name: GatewayName): Gateway | undefined {
  return offeredGateways().find((gateway) => gateway.name === name);
}

/** The gateway by which something was made. Throws a RangeError when it is none that is built in. */
export function gatewayOf(row: { gateway: string }): Gateway {
  const gateway = (builtIn as Partial<Record<string, Gateway>>)[row.gateway];
  if (!gateway) throw new RangeError(`no gateway ${row.gateway}`);
  return gateway;
}

/** Whether a provider said its last word with this error. */
export const isRefusal = (error: unknown): boolean =>
  Object.values(builtIn).some((gateway) => gateway.isRefusal(error));

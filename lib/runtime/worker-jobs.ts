import { jobs as billing, schedules as billingSchedules } from '@/lib/domains/billing/jobs';
import { jobs as entitlements } from '@/lib/domains/entitlements/jobs';
import { jobs as gateway, schedules as gatewaySchedules } from '@/lib/domains/gateway/jobs';
import { jobs as identity, schedules as identitySchedules } from '@/lib/domains/identity/jobs';
import { jobs as operator } from '@/lib/domains/operator/jobs';
import {
  jobs as backtests,
  schedules as backtestSchedules,
} from '@/lib/domains/trading/backtests/jobs';
import {
  jobs as usage,
  listeners,
  relays as usageRelays,
  schedules as usageSchedules,
} from '@/lib/domains/usage/jobs';
import type { JobHandler, Schedule } from '@/lib/infra/queue';
import { relayTurn } from '@/lib/infra/realtime';
import type { RelaySource } from './relay';

/** Every job of the product. */
export const handlers: readonly JobHandler[] = [
  ...entitlements,
  ...identity,
  ...usage,
  ...billing,
  ...gateway,
  ...backtests,
  ...operator,
];

export const schedules: readonly Schedule[] = [
  ...identitySchedules,
  ...usageSchedules,
  ...billingSchedules,
  ...gatewaySchedules,
  ...backtestSchedules,
];

/** What the relay repeats: the outbox, and what the domains have of their own. */
export const relays: readonly RelaySource[] = [
  { name: 'outbox', turn: (now) => relayTurn(now, listeners) },
  ...usageRelays,
];

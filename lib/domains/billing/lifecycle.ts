import { conflict } from '@/lib/kernel/errors';
import { type SubscriptionStatus, subscriptionStatuses } from './schemas';

/** What moves a subscription from one status to another, and where it leads. */
export const transitions = [
  { from: 'incomplete', by: 'trial begins', to: 'trialing' },
  { from: 'incomplete', by: 'checkout paid', to: 'active' },
  { from: 'incomplete', by: 'given up or expired', to: 'cancelled' },
  { from: 'trialing', by: 'first payment', to: 'active' },
  { from: 'trialing', by: 'first payment fails', to: 'past_due' },
  { from: 'trialing', by: 'cancelled, or no card at the end', to: 'cancelled' },
  { from: 'active', by: 'payment fails', to: 'past_due' },
  { from: 'active', by: 'paused', to: 'paused' },
  { from: 'active', by: 'cancelled', to: 'cancelled' },
  { from: 'past_due', by: 'paid', to: 'active' },
  { from: 'past_due', by: 'retries used up', to: 'unpaid' },
  { from: 'past_due', by: 'cancelled', to: 'cancelled' },
  { from: 'unpaid', by: 'paid', to: 'active' },
  { from: 'unpaid', by: 'cancelled', to: 'cancelled' },
  { from: 'paused', by: 'resumed', to: 'active' },
  { from: 'paused', by: 'cancelled', to: 'cancelled' },
] as const satisfies readonly {
  from: SubscriptionStatus;
  by: string;
  to: SubscriptionStatus;
}[];

/** Statuses that can be reached from each, by any number of transitions. */
const reachable = new Map<SubscriptionStatus, ReadonlySet<SubscriptionStatus>>();

function reach(from: SubscriptionStatus): ReadonlySet<SubscriptionStatus> {
  const known = reachable.get(from);
  if (known) return known;
  const found = new Set<SubscriptionStatus>();
  const open: SubscriptionStatus[] = [from];
  for (let status = open.pop(); status; status = open.pop()) {
    for (const step of transitions) {
      if (step.from !== status || found.has(step.to)) continue;
      found.add(step.to);
      open.push(step.to);
    }
  }
  reachable.set(from, found);
  return found;
}

/**
 * Whether a subscription that was seen in one status may be in the other now. Whoever looks from
 * time to time misses the statuses between, so any number of transitions counts as one.
 */
export function canBecome(from: SubscriptionStatus, to: SubscriptionStatus): boolean {
  return from === to || reach(from).has(to);
}

/** What somebody can ask of a subscription, and in which statuses it makes sense. */
const commands = {
  change_now: ['trialing', 'active'],
  change_at_period_end: ['trialing', 'active'],
  withdraw_change: ['trialing', 'active'],
  cancel_at_period_end: ['trialing', 'active', 'past_due'],
  cancel_now: ['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused'],
  keep: ['trialing', 'active', 'past_due'],
  pause: ['active'],
  resume: ['paused'],
  set_discount: ['trialing', 'active', 'past_due'],
  set_add_ons: ['active'],
} as const satisfies Record<string, readonly SubscriptionStatus[]>;

export type Command = keyof typeof commands;
export const commandNames = Object.keys(commands) as Command[];

export function allowsCommand(status: SubscriptionStatus, command: Command): boolean {
  return (commands[command] as readonly SubscriptionStatus[]).includes(status);
}

const reasons: Record<SubscriptionStatus, { code: string; detail: string }> = {
  incomplete: {
    code: 'subscription_incomplete',
    detail:
      'This subscription isn’t paid yet. Complete its checkout, or start another plan instead.',
  },
  trialing: {
    code: 'subscription_trialing',
    detail: 'This subscription is on trial. That is possible once it is paid.',
  },
  active: {
    code: 'subscription_active',
    detail: 'This subscription runs already.',
  },
  past_due: {
    code: 'subscription_past_due',
    detail: 'The last payment failed. Settle it under Billing first; nothing was changed.',
  },
  unpaid: {
    code: 'subscription_unpaid',
    detail:
      'Payments of this subscription failed. Settle them under Billing first; nothing was changed.',
  },
  paused: {
    code: 'subscription_paused',
    detail: 'This subscription is paused. Resume it first.',
  },
  cancelled: {
    code: 'subscription_ended',
    detail: 'This subscription has ended. Start a new one instead.',
  },
};

/** The codes by which `requireCommand` refuses a command, for whoever describes it. */
export function refusalsOf(command: Command): string[] {
  const refusing = subscriptionStatuses.filter((status) => !allowsCommand(status, command));
  return refusing.map((status) => reasons[status].code);
}

/** Throws a 409 that says why, and what to do first, when the status doesn't allow the command. */
export function requireCommand(status: SubscriptionStatus, command: Command): void {
  if (allowsCommand(status, command)) return;
  const { code, detail } = reasons[status];
  throw conflict(code, detail);
}

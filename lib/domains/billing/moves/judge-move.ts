import type { PlanVersion } from '@/lib/domains/entitlements';
import { dateOf, secondsOf } from '@/lib/kernel/unix-time';
import { driftOf } from '../drift/subscription-drift';
import { addMonths, CYCLE_MONTHS } from '../engine';
import { gatewayOf } from '../gateways/find-gateway';
import { allowsCommand, type Command } from '../lifecycle';
import { subscriptionStatusSchema } from '../schemas';
import type { SubscriptionRow } from '../to-dto';
import { sameTerms, type Wish, wishOf } from '../wish';
import type { LeftOutReason, MoveState } from './schemas';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** After a renewal, in ms: its invoice is a draft for an hour, and the comparison follows. */
const SETTLED_MS = 2 * HOUR;
/** How long a push that is on its way is waited for, in ms. */
const PUSHED_MS = 10 * 60_000;
/** What takes the wish away again and again isn't asked for ever. */
const MOST_ASKS = 3;

/** What is to become of a subscription, as an operator asked and as far as it has got. */
export type Moving = {
  planId: string;
  fromVersion: number;
  toVersion: number;
  moment: string;
  noticeDays: number;
  state: string;
  withdrawn: boolean;
  asks: number;
  effectiveAt: Date | null;
};

export type MoveStep =
  | { do: 'wait'; until: Date }
  | {
      do: 'close';
      state: Exclude<MoveState, 'queued' | 'noticed' | 'asked'>;
      reason?: LeftOutReason;
    }
  /** Says from when on it is to count. */
  | { do: 'announce'; effectiveAt: Date }
  | { do: 'ask'; command: Command; wish: Wish }
  | { do: 'withdraw'; wish: Wish };

const leaveOut = (reason: LeftOutReason): MoveStep => ({ do: 'close', state: 'left_out', reason });
const commandOf = ({ moment }: Moving): Command =>
  moment === 'now' ? 'change_now' : 'change_at_period_end';

/** The end of what runs now: of the trial or the period. */
const boundaryOf = (row: SubscriptionRow): Date | null =>
  row.status === 'trialing' ? row.trialEndsAt : row.currentPeriodEnd;

/** The wish with the other version in it: in the place of what runs, or of what comes next. */
export function movedWish(wish: Wish, { planId, toVersion, moment }: Moving): Wish {
  if (moment === 'renewal') {
    return { ...wish, next: { ...(wish.next ?? wish.terms), planVersion: toVersion } };
  }
  const terms = { ...wish.terms, planVersion: toVersion };
  const next = wish.next?.planId === planId ? { ...wish.next, planVersion: toVersion } : wish.next;
  return { ...wish, terms, next: sameTerms(terms, next) ? null : next };
}

/** The wish as it would be had nobody asked for the other version. */
function unmovedWish(wish: Wish, { fromVersion }: Moving): Wish {
  const next = wish.next && { ...wish.next, planVersion: fromVersion };
  return { ...wish, next: sameTerms(next, wish.terms) ? null : next };
}

/** Whether what comes next at the period's end is what was asked for. */
export function waitsForMove(wish: Wish, { planId, toVersion }: Moving): boolean {
  return wish.next?.planId === planId && wish.next.planVersion === toVersion;
}

/** The first renewal from `boundary` on that leaves so many days of notice; reckoned by whole cycles of what comes next. */
function firstAfterNotice(wish: Wish, boundary: Date, { noticeDays: days }: Moving, now: Date) {
  const months = CYCLE_MONTHS[(wish.next ?? wish.terms).billingCycle];
  let at = boundary;
  while (at.getTime() - now.getTime() < days * DAY) at = dateOf(addMonths(secondsOf(at), months));
  return at;
}

/** The terms that get the other version: those that come next; now, those that run and what waits after them. */
function soldTerms({ terms, next }: Wish, { moment }: Pick<Moving, 'moment'>) {
  if (moment === 'renewal') return [next ?? terms];
  return next ? [terms, next] : [terms];
}

/** The cycle by whose price a move is told. */
export function cycleOfMove({ terms, next }: Wish, { moment }: Pick<Moving, 'moment'>) {
  return (moment === 'renewal' ? (next ?? terms) : terms).billingCycle;
}

/** Whether the customer waits for something that the move would take from them: another plan, or a version that is neither of its two. */
const waitsForOther = ({ next }: Wish, { planId, fromVersion, toVersion }: Moving): boolean =>
  next !== null && (next.planId !== planId || ![fromVersion, toVersion].includes(next.planVersion));

/** Why a subscription can't be moved, whatever the time; null where it can. */
export function obstacleOf(
  row: SubscriptionRow,
  moving: Moving,
  to: PlanVersion,
): LeftOutReason | null {
  const wish = wishOf(row);
  if (row.status === 'cancelled') return 'ended';
  if (row.planId !== moving.planId || row.planVersion !== moving.fromVersion) return 'changed';
  if (wish.end !== 'none' || row.cancelAt) return 'ending';
  if (waitsForOther(wish, moving)) return 'changing';
  if (gatewayOf(row).cannot[commandOf(moving)] !== undefined) return 'gateway_cannot';
  if (soldTerms(wish, moving).some(({ billingCycle }) => to.prices[billingCycle] === null)) {
    return 'no_price';
  }
  return driftOf(row).length > 0 ? 'drift' : null;
}

/** Once a renewal is known here; one that should be known already is looked for again in an hour. */
const afterRenewal = (boundary: Date | null, now: Date): MoveStep => ({
  do: 'wait',
  until: new Date(Math.max((boundary?.getTime() ?? 0) + SETTLED_MS, now.getTime() + HOUR)),
});

/** What was asked for: waits for its renewal, was refused, or was lost to another change and is asked again. */
function judgeAsked(row: SubscriptionRow, moving: Moving, now: Date): MoveStep | null {
  if (moving.moment === 'now') return { do: 'close', state: 'refused' };
  if (waitsForMove(wishOf(row), moving)) return afterRenewal(boundaryOf(row), now);
  return moving.asks >= MOST_ASKS ? { do: 'close', state: 'refused' } : null;
}

function judgeTime(row: SubscriptionRow, moving: Moving, rises: boolean, now: Date): MoveStep {
  const wish = wishOf(row);
  const ask: MoveStep = { do: 'ask', command: commandOf(moving), wish: movedWish(wish, moving) };
  if (moving.moment === 'now') return ask;
  const boundary = boundaryOf(row);
  // What isn't known to have a period has nothing that could renew yet.
  if (!boundary) return { do: 'wait', until: new Date(now.getTime() + DAY) };
  // Nobody is told a day that is over: what begins then is soon known.
  if (boundary <= now) return afterRenewal(boundary, now);
  if (!moving.effectiveAt) {
    const effectiveAt = rises ? firstAfterNotice(wish, boundary, moving, now) : boundary;
    return { do: 'announce', effectiveAt };
  }
  if (boundary.getTime() < moving.effectiveAt.getTime() - HOUR) {
    return afterRenewal(boundary, now);
  }
  return ask;
}

/**
 * The next step of a move, from what is known of the subscription at `now`. `to` is the version it moves to, `rises` whether
 * the plan costs more then.
 */
export function judgeMove(
  row: SubscriptionRow,
  moving: Moving,
  { to, rises }: { to: PlanVersion; rises: boolean },
  now: Date,
): MoveStep {
  const { planId, toVersion, withdrawn, state } = moving;
  if (row.planId === planId && row.planVersion === toVersion)
    return { do: 'close', state: 'moved' };
  if (row.pushedRevision < row.wishRevision) {
    return { do: 'wait', until: new Date(now.getTime() + PUSHED_MS) };
  }
  const allows = (command: Command) =>
    allowsCommand(subscriptionStatusSchema.parse(row.status), command);
  const later: MoveStep = { do: 'wait', until: new Date(now.getTime() + DAY) };
  if (withdrawn) {
    const wish = wishOf(row);
    if (row.status === 'cancelled' || !waitsForMove(wish, moving)) {
      return { do: 'close', state: 'cancelled' };
    }
    if (!allows('withdraw_change')) return later;
    return { do: 'withdraw', wish: unmovedWish(wish, moving) };
  }
  const asked = state === 'asked' && row.status !== 'cancelled' && judgeAsked(row, moving, now);
  if (asked) return asked;
  const obstacle = obstacleOf(row, moving, to);
  if (obstacle) return leaveOut(obstacle);
  if (!allows(commandOf(moving))) return later;
  return judgeTime(row, moving, rises, now);
}

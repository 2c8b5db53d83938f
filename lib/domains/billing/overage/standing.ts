import type { Prisma } from '@/lib/infra/db';
import type { StandingWord } from './schemas';

/** A subscription with its history, oldest first. */
export type Told = Prisma.SubscriptionGetPayload<{ include: { events: true } }>;

/** How a month stood at its end, and by what it is charged where something is charged. */
export type Standing = {
  word: StandingWord;
  subscription: Told | null;
  /** Plan and version that counted. */
  plan: { planId: string; planVersion: number } | null;
  /** Until when what was used counts: the month's end, or the subscription's. */
  until: Date;
};

/** Its status and plan in the last moment before `at`; null before it began. */
function before(told: Told, at: Date) {
  return told.events.findLast(({ happenedAt }) => happenedAt < at) ?? null;
}

/** What the provider said of the trial goes before the history: its last moment is of the trial. */
const onTrial = ({ trialEndsAt }: Told, at: Date) => trialEndsAt !== null && trialEndsAt >= at;

/** What it was before it ended, or at `at` while it hasn't. */
function wordOf(told: Told, at: Date): StandingWord {
  if (onTrial(told, at)) return 'trial';
  const event = before(told, at);
  if (!event || event.status === 'incomplete') return 'none';
  return event.status === 'paused' ? 'paused' : 'running';
}

function standingOf(told: Told, month: { start: Date; end: Date }): Standing | null {
  const { endedAt } = told;
  const gone = endedAt !== null && endedAt < month.end;
  if (gone && endedAt < month.start) return null;
  const until = gone ? endedAt : month.end;
  if (told.createdAt >= until) return null;
  const word = wordOf(told, until);
  const event = before(told, until);
  if (!event || word === 'none') return null;
  return {
    word: gone && word === 'running' ? 'ended' : word,
    subscription: told,
    plan: event,
    until,
  };
}

/**
 * Which of a tenant's subscriptions a month is charged by (rule 13), as it stood in the month's last moment: the one that
 * ran then; else the last that ended in the month while it ran. On trial or paused, nothing more is charged than what an
 * earlier one was. `subscriptions` oldest first; the end of a subscription counts without its first moment.
 */
export function standingAt(
  subscriptions: readonly Told[],
  month: { start: Date; end: Date },
): Standing {
  const found = subscriptions.flatMap((told) => standingOf(told, month) ?? []);
  const charged =
    found.findLast(({ word }) => word === 'running') ??
    found.findLast(({ word }) => word === 'ended');
  return (
    charged ?? found.at(-1) ?? { word: 'none', subscription: null, plan: null, until: month.end }
  );
}

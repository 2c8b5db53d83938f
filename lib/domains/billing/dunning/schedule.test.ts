import { describe, expect, it } from 'vitest';
import { dueNotice, dunningDays, dunningStage, nextDunningMoment } from './schedule';

const FAILED = new Date('2027-03-01T09:00:00Z');
const day = (days: number, ms = 0) => new Date(FAILED.getTime() + days * 86_400_000 + ms);
const pastDue = { status: 'past_due', pastDueSince: FAILED } as const;
const unpaid = { status: 'unpaid', pastDueSince: FAILED } as const;

describe('the stage', () => {
  it.each([
    [0, 'retrying', 'read_only'],
    [13.99, 'retrying', 'read_only'],
    [14, 'read_only', 'read_only'],
    [27.99, 'read_only', 'read_only'],
    [28, 'suspended', 'suspended'],
    [400, 'suspended', 'suspended'],
  ] as const)('on day %s', (days, whilePastDue, whileUnpaid) => {
    expect(dunningStage(pastDue, day(days))).toBe(whilePastDue);
    expect(dunningStage(unpaid, day(days))).toBe(whileUnpaid);
  });

  it.each(['incomplete', 'trialing', 'active', 'paused', 'cancelled'] as const)(
    'is none while %s, however long something was overdue',
    (status) => {
      const facts = { status, pastDueSince: FAILED };
      expect(dunningStage(facts, day(90))).toBe('none');
      expect(dueNotice(facts, day(90))).toBeNull();
      expect(dunningDays(facts)).toBeNull();
      expect(nextDunningMoment(facts, day(1))).toBeNull();
    },
  );

  it('suspends nobody of whom it isn’t known since when', () => {
    const unknown = { status: 'unpaid', pastDueSince: null } as const;
    expect(dunningStage(unknown, day(90))).toBe('read_only');
    expect(dueNotice(unknown, day(90))).toBeNull();
  });
});

describe('the notice', () => {
  it.each([
    [0, 'payment_failed'],
    [3, 'reminder'],
    [6.99, 'reminder'],
    [7, 'last_call'],
    [14, 'read_only'],
    [28, 'suspended'],
  ] as const)('of day %s', (days, notice) => {
    expect(dueNotice(pastDue, day(days))).toBe(notice);
  });

  it('follows the provider that gives up early', () => {
    expect(dueNotice(unpaid, day(5))).toBe('read_only');
  });
});

it('looks again on each day that changes something, and then no more', () => {
  const moments: Date[] = [];
  for (let at: Date | null = day(0); at; at = nextDunningMoment(pastDue, at)) moments.push(at);
  expect(moments).toEqual([0, 3, 7, 14, 28].map((days) => day(days)));
  expect(nextDunningMoment(pastDue, day(7, -1))).toEqual(day(7));
});

import { expect, it } from 'vitest';
import { trialDaysLeft } from './trial-days';

const DAY = 86_400_000;
const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * DAY);

it('leaves all days to a tenant that has just signed up', () => {
  const now = new Date(day(0).getTime() + 20 * 3_600_000);
  expect(trialDaysLeft(14, [{ from: day(0), to: day(14) }], now)).toBe(14);
});

it('takes off whole days used, and no more than the trial ran', () => {
  const own = { from: day(0), to: day(14) };
  expect(trialDaysLeft(14, [own], day(4))).toBe(10);
  expect(trialDaysLeft(14, [own], day(200))).toBe(0);
  expect(trialDaysLeft(30, [own], day(200))).toBe(16);
});

it('counts a day once that belongs to two trials', () => {
  const spans = [
    { from: day(0), to: day(14) },
    { from: day(2), to: day(16) },
    { from: day(40), to: day(45) },
  ];
  expect(trialDaysLeft(30, spans, day(60))).toBe(30 - 16 - 5);
});

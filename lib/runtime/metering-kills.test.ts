import { expect, it } from 'vitest';
import { runStorm } from '@/lib/testing/metering-storm';

const size = { kills: 1, callers: 12, everyMs: 800 };

it('counts every acknowledged call once when gateways are killed under load', async () => {
  const report = await runStorm({ victim: 'gateway', ...size });
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.counted.month).toBeGreaterThanOrEqual(report.acknowledged);
  expect(report.counted.month).toBeLessThanOrEqual(report.sent);
  expect(report.counted.hours).toBe(report.counted.month);
}, 120_000);

it('counts exactly the acknowledged calls when the database is killed under load', async () => {
  const report = await runStorm({ victim: 'database', ...size });
  expect(report.acknowledged).toBeGreaterThan(0);
  // No gateway died, so each call that was told "unavailable" was taken back.
  expect(report.counted).toEqual({ month: report.acknowledged, hours: report.acknowledged });
}, 120_000);

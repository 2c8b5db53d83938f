import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runStorm } from '@/lib/testing/metering-storm';

async function withDataDir<T>(work: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(path.join(tmpdir(), `neozork-test-${process.pid}-`));
  // PostgreSQL may run as another account, which has to get in.
  chmodSync(dataDir, 0o755);
  try {
    return await work(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const size = { kills: 1, callers: 12, everyMs: 800 };

it('counts every acknowledged call once when gateways are killed under load', async () => {
  const report = await withDataDir((dataDir) => runStorm({ dataDir, victim: 'gateway', ...size }));
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.counted.month).toBeGreaterThanOrEqual(report.acknowledged);
  expect(report.counted.month).toBeLessThanOrEqual(report.sent);
  expect(report.counted.hours).toBe(report.counted.month);
}, 120_000);

it('counts exactly the acknowledged calls when the database is killed under load', async () => {
  const report = await withDataDir((dataDir) => runStorm({ dataDir, victim: 'database', ...size }));
  expect(report.acknowledged).toBeGreaterThan(0);
  // No gateway died, so each call that was told "unavailable" was taken back.
  expect(report.counted).toEqual({ month: report.acknowledged, hours: report.acknowledged });
}, 120_000);

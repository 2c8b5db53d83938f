import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '@/prisma/migrate';
import { seed } from '@/prisma/seed';
import { startEmbeddedPostgres } from '../runtime/embedded-postgres';
import { projectRoot, TEST_AUTH_SECRET, testEnvironment } from './test-settings';

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the value has to reach (or stay under, where the unit says so), or null for information only. */
  readonly target: number | null;
  readonly ok: boolean;
}

/** Runs `work` on a migrated and seeded database of its own that writes to the disk as in production. */
export async function onDurableDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(path.join(tmpdir(), `neozork-test-${process.pid}-`));
  // PostgreSQL may run as another account, which has to get in.
  chmodSync(dataDir, 0o755);
  const database = await startEmbeddedPostgres({ dataDir, password: 'bench' });
  try {
    const { url } = database;
    Object.assign(process.env, testEnvironment(url, new URL(url).pathname.slice(1)));
    await migrate({ root: projectRoot, adminUrl: url, authSecret: TEST_AUTH_SECRET }, () =>
      seed(url),
    );
    return await work(url);
  } finally {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

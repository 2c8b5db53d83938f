import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/prisma/migrate';
import { seed } from '@/prisma/seed';
import { startEmbeddedPostgres } from '../runtime/embedded-postgres';
import { stopLeftBehind } from '../runtime/postgres-orphan';
import { projectRoot, TEMPORARY, TEST_AUTH_SECRET, temporaryPrefix } from './test-settings';

/**
 * One real PostgreSQL a run, in a temporary folder, with a migrated database that each test file copies.
 * The copies are made from a template, so a file's database is ready in well under a second.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const dataDir = mkdtempSync(temporaryPrefix());
  // PostgreSQL may run as another account, which has to get in.
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, password: 'test', durable: false });
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const adminUrl = server.url;
    const options = { root: projectRoot, adminUrl, authSecret: TEST_AUTH_SECRET };
    await migrate(options, () => seed(adminUrl));
    await markAsTemplate(server.url);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('adminUrl', server.url);
  return stop;
}

async function markAsTemplate(url: string): Promise<void> {
  const target = new URL(url);
  const name = target.pathname.slice(1);
  target.pathname = '/postgres';
  const admin = new pg.Client({ connectionString: target.href });
  await admin.connect();
  await admin.query(`ALTER DATABASE ${pg.escapeIdentifier(name)} WITH IS_TEMPLATE true`);
  await admin.end();
}

/** Folders whose test run was killed, together with a server that may still run in them. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(TEMPORARY)
      ? Number(name.slice(TEMPORARY.length).split('-')[0])
      : 0;
    if (owner === 0 || isAlive(owner)) continue;
    const folder = path.join(tmpdir(), name);
    await stopLeftBehind(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A process we may not signal (EPERM) lives all the same. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

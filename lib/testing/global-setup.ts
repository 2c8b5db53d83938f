import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { stopLeftBehind } from '../runtime/postgres-orphan';
import { TEMPORARY } from './test-settings';
import { startThrowawayDatabase } from './throwaway-database';

/**
 * One real PostgreSQL a run, in a temporary folder, with a migrated database that each test file copies.
 * The copies are made from a template, so a file's database is ready in well under a second.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const database = await startThrowawayDatabase();
  try {
    await markAsTemplate(database.url);
  } catch (error) {
    await database.remove();
    throw error;
  }
  project.provide('adminUrl', database.url);
  return () => database.remove();
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

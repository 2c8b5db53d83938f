import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { databaseRoleUrl } from '@/lib/infra/env';
import { TEST_AUTH_SECRET } from './test-settings';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's URL of the migrated and seeded template. */
    adminUrl: string;
  }
}

/** URLs of one test file's own database. */
export interface TestDatabase {
  name: string;
  /** Superuser: arranges and inspects, past every policy. */
  adminUrl: string;
  /** What requests use: row-level security enforced. */
  appUrl: string;
  /** What cross-tenant jobs use. */
  systemUrl: string;
}

/** Object in use: a pool of the test still holds a connection; the whole server goes away at the end anyway. */
const IN_USE = '55006';

/** Copies the migrated, seeded template under a name of its own. */
export async function createTestDatabase(name: string): Promise<TestDatabase> {
  const template = new URL(inject('adminUrl'));
  const from = pg.escapeIdentifier(template.pathname.slice(1));
  await asAdmin((admin) =>
    admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${from}`),
  );
  template.pathname = `/${name}`;
  return {
    name,
    adminUrl: template.href,
    appUrl: databaseRoleUrl(template.href, TEST_AUTH_SECRET, 'nz_app'),
    systemUrl: databaseRoleUrl(template.href, TEST_AUTH_SECRET, 'nz_system'),
  };
}

/** Removes a test's database, unless something still holds a connection to it. */
export async function dropTestDatabase(name: string): Promise<void> {
  await asAdmin(async (admin) => {
    await admin
      .query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)}`)
      .catch((error: { code?: string }) => {
        if (error.code !== IN_USE) throw error;
      });
  });
}

/**
 * Gives the test file a database of its own, the one its settings already name: call it once at the top level.
 * The URLs may be read at any time; the database is there from the first hook on.
 */
export function useTestDatabase(): TestDatabase {
  const adminUrl = process.env.DATABASE_URL ?? '';
  const name = new URL(adminUrl).pathname.slice(1);
  beforeAll(async () => {
    await createTestDatabase(name);
  });
  afterAll(() => dropTestDatabase(name));
  return {
    name,
    adminUrl,
    appUrl: databaseRoleUrl(adminUrl, TEST_AUTH_SECRET, 'nz_app'),
    systemUrl: databaseRoleUrl(adminUrl, TEST_AUTH_SECRET, 'nz_system'),
  };
}

async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const server = new URL(inject('adminUrl'));
  server.pathname = '/postgres';
  const admin = new pg.Client({ connectionString: server.href });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

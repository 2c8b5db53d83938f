import { tmpdir } from 'node:os';
import path from 'node:path';

/** The checkout's root; tests run there. */
export const projectRoot = path.resolve(import.meta.dirname, '../..');

/** Begins the name of every temporary folder of the tests; the owner's process id follows. */
export const TEMPORARY = 'neozork-test-';

/** For `mkdtemp`: a folder, and a PostgreSQL in it, that the next run sweeps away should this process be killed. */
export function temporaryPrefix(): string {
  return path.join(tmpdir(), `${TEMPORARY}${process.pid}-`);
}

/** Fixed, so that every worker derives the same passwords for the database roles. */
export const TEST_AUTH_SECRET = 'a-fixed-secret-for-tests-that-protects-nothing';

/**
 * The environment of a test process. The database is named here and made by `useTestDatabase`, so that
 * settings can be read before it exists and tests without a database never pay for one.
 */
export function testEnvironment(adminUrl: string, databaseName: string): Record<string, string> {
  const database = new URL(adminUrl);
  database.pathname = `/${databaseName}`;
  return {
    SAAS_MODE: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.href,
    AUTH_SECRET: TEST_AUTH_SECRET,
    ENCRYPTION_KEYS: `test:${'5a'.repeat(32)}`,
    STRIPE_SECRET_KEY: 'sk_test_unit',
    STRIPE_WEBHOOK_SECRET: 'whsec_unit',
    STRIPE_API_BASE: 'http://127.0.0.1:9',
  };
}

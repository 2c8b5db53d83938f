import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { databaseRoleUrl } from '@/lib/infra/env';
import { projectRoot, TEST_AUTH_SECRET } from '@/lib/testing/test-settings';
import { migrate } from './migrate';

let admin: pg.Client;
let adminUrl: string;
let root: string;

beforeEach(async () => {
  const name = `migrate_${randomBytes(6).toString('hex')}`;
  const url = new URL(inject('adminUrl'));
  url.pathname = '/postgres';
  admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  url.pathname = `/${name}`;
  adminUrl = url.href;
  admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  root = mkdtempSync(path.join(tmpdir(), 'neozork-migrations-'));
  cpSync(path.join(projectRoot, 'prisma'), path.join(root, 'prisma'), { recursive: true });
  for (const folder of ['20990101000000_first', '20990102000000_second'])
    rmSync(path.join(root, 'prisma/migrations', folder), { recursive: true, force: true });
});

afterEach(async () => {
  await admin.end();
  rmSync(root, { recursive: true, force: true });
});

function writeMigration(name: string, sql: string): void {
  mkdirSync(path.join(root, 'prisma/migrations', name), { recursive: true });
  writeFileSync(path.join(root, 'prisma/migrations', name, 'migration.sql'), sql);
}

const run = (afterwards?: () => Promise<void>) =>
  migrate({ root, adminUrl, authSecret: TEST_AUTH_SECRET }, afterwards);

const FUNCTION_WITH_SEMICOLONS = `
  CREATE TABLE probe (n int);
  CREATE FUNCTION probe_count() RETURNS int LANGUAGE plpgsql AS $$
  DECLARE total int; BEGIN SELECT count(*) INTO total FROM probe; RETURN total; END $$;`;

test('applies every migration once, as nz_owner', async () => {
  writeMigration('20990101000000_first', FUNCTION_WITH_SEMICOLONS);
  const applied = await run();
  expect(applied.at(-1)).toBe('20990101000000_first');
  expect(await run()).toEqual([]);
  const owners = await admin.query(
    "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'",
  );
  expect(owners.rows).toEqual([{ tableowner: 'nz_owner' }]);
  expect((await admin.query('SELECT probe_count() AS n')).rows).toEqual([{ n: 0 }]);
});

test('two starters at the same time: one applies, the other waits, both end well', async () => {
  const [left, right] = await Promise.all([run(), run()]);
  expect([left.length, right.length]).toContain(0);
  expect(left.length + right.length).toBeGreaterThan(0);
});

test('a failing migration leaves nothing behind, says why, and is tried again once mended', async () => {
  await run();
  writeMigration('20990102000000_second', 'CREATE TABLE half (n int); SELECT no_such_function();');
  await expect(run()).rejects.toThrow(/no_such_function/);
  expect((await admin.query("SELECT to_regclass('half') AS t")).rows).toEqual([{ t: null }]);
  writeMigration('20990102000000_second', 'CREATE TABLE half (n int);');
  expect(await run()).toEqual(['20990102000000_second']);
});

test('refuses a migration changed after it was applied, and a database newer than the code', async () => {
  writeMigration('20990101000000_first', 'CREATE TABLE probe (n int);');
  await run();
  writeMigration('20990101000000_first', 'CREATE TABLE probe (n bigint);');
  await expect(run()).rejects.toThrow(/20990101000000_first was changed/);
  rmSync(path.join(root, 'prisma/migrations/20990101000000_first'), { recursive: true });
  await expect(run()).rejects.toThrow(/does not know/);
});

test('the app role can log in, cannot bypass policies, and cannot touch the job queue', async () => {
  await run();
  const app = new pg.Client({
    connectionString: databaseRoleUrl(adminUrl, TEST_AUTH_SECRET, 'nz_app'),
  });
  await app.connect();
  const me = await app.query(
    'SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user',
  );
  expect(me.rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
  await expect(app.query('CREATE TABLE mine (n int)')).rejects.toThrow(/permission denied/);
  await expect(app.query('SELECT * FROM graphile_worker.jobs')).rejects.toThrow(
    /permission denied/,
  );
  await app.end();
});

test('an administrator without the right to make roles gets one clear sentence', async () => {
  const url = new URL(adminUrl);
  url.username = `weak_${randomBytes(4).toString('hex')}`;
  url.password = 'weak';
  await admin.query(`CREATE ROLE ${url.username} LOGIN PASSWORD 'weak'`);
  const options = { root, adminUrl: url.href, authSecret: TEST_AUTH_SECRET };
  await expect(migrate(options)).rejects.toThrow(/administrator in DATABASE_URL may not/);
  await admin.query(`DROP ROLE ${url.username}`);
});

test('an unreachable server is named', async () => {
  const options = {
    root,
    adminUrl: 'postgresql://nobody@127.0.0.1:1/none',
    authSecret: TEST_AUTH_SECRET,
  };
  await expect(migrate(options)).rejects.toThrow(
    /DATABASE_URL \(127\.0\.0\.1:1\/none\) cannot be reached/,
  );
});

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
let admin: pg.Client;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(() => admin.end());

async function names(sql: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(sql);
  return rows.map((row) => row.name).sort();
}

/** Tables that belong to nobody in particular, each with the reason why that is safe. */
const WITHOUT_TENANT: Record<string, string> = {
  _prisma_migrations: 'history of migrations; requests have no right to it',
  add_on_version: 'the public catalogue',
  credential: 'belongs to a person: policy on app.user_id',
  document_counter: 'moved by the triggers of documents alone; requests have no right to it',
  metering_flush: 'reached through door.admit alone; requests have no right to it',
  operator_invitation: 'of operators; requests reach it through a definer function alone',
  operator_recovery_code: 'of operators, for nz_system alone; requests have no right to it',
  operator_session: 'of operators; requests reach it through definer functions alone',
  plan_draft: 'of operators, for nz_system alone; requests have no right to it',
  plan_move: 'of operators, for nz_system alone; requests have no right to it',
  plan_reprice: 'of operators, for nz_system alone; requests have no right to it',
  plan_version: 'the public catalogue',
  platform_audit_event: 'of operators, for nz_system alone; requests have no right to it',
  platform_operator: 'of operators; requests reach it through definer functions alone',
  rate_bucket: 'reached through definer functions alone; requests have no right to it',
  throttle: 'reached through definer functions alone; requests have no right to it',
  tenant: 'its own id is the tenant',
  user: 'belongs to a person: policies on app.user_id and shared membership',
  webhook_inbox: 'stored through door.store_webhook; requests have no right to it',
};

/** Unique keys that don't begin with the tenant, each with the reason why it reveals nothing. */
const GLOBAL_KEYS: Record<string, string> = {
  api_key_secret_hash: 'hash of a random secret: nobody can name another one',
  credential_pkey: 'by person',
  idempotency_record_pkey: 'a hash that contains the tenant',
  one_time_code_code_hash_key: 'hash of a random code',
  one_time_code_pkey: 'random id',
  outbox_pkey: 'sequence of the platform; rows are written and never addressed by requests',
  session_pkey: 'random id of a person',
  session_refresh_hash_key: 'hash of a random token',
  session_token_hash_key: 'hash of a random token',
  subscription_one_live: 'its only column is the tenant',
};

const TENANT_TABLES = `SELECT DISTINCT table_name FROM information_schema.columns
  WHERE table_schema = 'public' AND column_name = 'tenant_id'`;

describe('the catalogue of the database', () => {
  it('puts a tenant on every table, but for a short list with reasons', async () => {
    const without = await names(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN (${TENANT_TABLES})`,
    );
    expect(without.filter((name) => !(name in WITHOUT_TENANT))).toEqual([]);
  });

  it('enables and forces row-level security on every table', async () => {
    const open = await names(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND NOT (relrowsecurity AND relforcerowsecurity) AND relname <> '_prisma_migrations'`,
    );
    expect(open).toEqual([]);
  });

  it('gives every tenant table a policy that compares the tenant, for reading and writing', async () => {
    const { rows } = await admin.query<{ name: string; using: string; check: string | null }>(
      `SELECT tablename AS name, qual AS using, with_check AS check FROM pg_policies
       WHERE policyname IN ('tenant_isolation', 'tenant_itself', 'same_caller') AND cmd = 'ALL'`,
    );
    const isolated = rows.filter((row) =>
      [row.using, row.check].every((text) => text?.includes("current_setting('app.tenant_id'")),
    );
    const tables = await names(
      `SELECT table_name AS name FROM (${TENANT_TABLES}) AS t(table_name)`,
    );
    const covered = new Set(isolated.map((row) => row.name));
    // Of people: a session or a code is its person's, whatever the tenant it is for.
    const ofPeople = ['one_time_code', 'session'];
    expect(tables.filter((name) => !covered.has(name) && !ofPeople.includes(name))).toEqual([]);
  });

  it('begins every unique key of a tenant table with the tenant, but for a list with reasons', async () => {
    const keys = await names(
      `SELECT i.relname AS name FROM pg_index x
         JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
         LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
       WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace
         AND t.relname IN (${TENANT_TABLES}) AND a.attname IS DISTINCT FROM 'tenant_id'`,
    );
    expect(keys.filter((name) => !(name in GLOBAL_KEYS))).toEqual([]);
  });

  it('carries the tenant through every foreign key between tenant tables', async () => {
    const plain = await names(
      `SELECT c.conname AS name FROM pg_constraint c
         JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid
       WHERE c.contype = 'f' AND child.relname IN (${TENANT_TABLES}) AND parent.relname IN (${TENANT_TABLES})
         AND NOT EXISTS (
           SELECT 1 FROM unnest(c.conkey, c.confkey) AS k(child_column, parent_column)
             JOIN pg_attribute ca ON ca.attrelid = child.oid AND ca.attnum = k.child_column
             JOIN pg_attribute pa ON pa.attrelid = parent.oid AND pa.attnum = k.parent_column
           WHERE ca.attname = 'tenant_id' AND pa.attname = 'tenant_id')`,
    );
    expect(plain).toEqual([]);
  });

  it('has an index behind every foreign key, so that a parent can be changed', async () => {
    const bare = await names(
      `SELECT c.conname AS name FROM pg_constraint c
       WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND NOT EXISTS (
         SELECT 1 FROM pg_index x WHERE x.indrelid = c.conrelid AND x.indpred IS NULL
           AND (x.indkey::smallint[])[0:cardinality(c.conkey) - 1] @> c.conkey)`,
    );
    expect(bare).toEqual([]);
  });

  it('has no views, which would show rows past the policies of their tables', async () => {
    const views = await names(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')`,
    );
    expect(views).toEqual([]);
  });

  it('keeps the roles apart', async () => {
    const { rows } = await admin.query(
      `SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname LIKE 'nz\\_%' ORDER BY 1`,
    );
    const role = (rolname: string, rolbypassrls: boolean, rolcanlogin: boolean) => ({
      rolname,
      rolsuper: false,
      rolbypassrls,
      rolcanlogin,
    });
    expect(rows).toEqual([
      role('nz_app', false, true),
      role('nz_definer', true, false),
      role('nz_owner', false, false),
      role('nz_system', true, true),
    ]);
    const owned = await names(
      `SELECT relname AS name FROM pg_class WHERE relowner = 'nz_app'::regrole`,
    );
    expect(owned).toEqual([]);
  });

  it('pins the search path of every function that sees across tenants', async () => {
    const loose = await names(
      `SELECT p.proname AS name FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'door'::regnamespace
         AND NOT coalesce('search_path=pg_catalog, public' = ANY (p.proconfig), false)`,
    );
    const elsewhere = await names(
      `SELECT p.proname AS name FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace`,
    );
    const foreign = await names(
      `SELECT p.proname AS name FROM pg_proc p WHERE p.pronamespace = 'door'::regnamespace
         AND p.proowner <> 'nz_definer'::regrole`,
    );
    const open = await names(
      `SELECT p.proname AS name FROM pg_proc p WHERE p.pronamespace = 'door'::regnamespace
         AND has_function_privilege('public', p.oid, 'EXECUTE')`,
    );
    expect({ loose, elsewhere, foreign, open }).toEqual({
      loose: [],
      elsewhere: [],
      foreign: [],
      open: [],
    });
  });

  it('keeps operators out of reach of requests', async () => {
    const reachable = await names(
      `SELECT t AS name FROM unnest(ARRAY['platform_operator', 'operator_session', 'operator_recovery_code',
         'operator_invitation', 'platform_audit_event']) AS t
       WHERE has_table_privilege('nz_app', t, 'SELECT, INSERT, UPDATE, DELETE')`,
    );
    expect(reachable).toEqual([]);
  });

  it('lets requests change no audit row', async () => {
    const { rows } = await admin.query<{ role: string; can: boolean }>(
      `SELECT r AS role, bool_or(has_table_privilege(r, t, 'UPDATE') OR has_table_privilege(r, t, 'DELETE')) AS can
       FROM unnest(ARRAY['nz_app', 'nz_system', 'nz_definer']) AS r,
         unnest(ARRAY['audit_event', 'platform_audit_event']) AS t GROUP BY r`,
    );
    expect(rows.filter((row) => row.can)).toEqual([]);
  });
});

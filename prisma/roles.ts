import pg from 'pg';
import { databaseRolePassword } from '@/lib/infra/env';
import { SetupError } from './setup-error';

/** Oldest server whose role memberships know INHERIT and SET apart. */
const OLDEST_SERVER = 160_000;

interface RoleSpec {
  name: 'nz_owner' | 'nz_definer' | 'nz_app' | 'nz_system';
  login: boolean;
  bypassRls: boolean;
}

/**
 * owner: migrations, owns every object · definer: owns the functions that look across tenants ·
 * app: requests, row-level security enforced · system: named cross-tenant jobs and the operator console.
 */
const ROLES: readonly RoleSpec[] = [
  { name: 'nz_owner', login: false, bypassRls: false },
  { name: 'nz_definer', login: false, bypassRls: true },
  { name: 'nz_app', login: true, bypassRls: false },
  { name: 'nz_system', login: true, bypassRls: true },
];

/** The administrator's URL whose sessions act as nz_owner, so that it owns what migrations create. */
export function ownerUrl(adminUrl: string): string {
  const url = new URL(adminUrl);
  const given = url.searchParams.get('options');
  url.searchParams.set('options', [given, '-c role=nz_owner'].filter(Boolean).join(' '));
  return url.href;
}

/**
 * Creates or corrects the four roles and what they may do in this database; doing it again changes nothing.
 * @throws SetupError when the administrator may not do that, or the server is too old
 */
export async function ensureRoles(admin: pg.Client, authSecret: string): Promise<void> {
  const me = await admin.query<{ super: boolean; version: number; db: string }>(
    `SELECT rolsuper AS super, current_setting('server_version_num')::int AS version, current_database() AS db
       FROM pg_roles WHERE rolname = current_user`,
  );
  const [row] = me.rows;
  if (row === undefined) throw new SetupError('DATABASE_URL names a role that does not exist.');
  if (row.version < OLDEST_SERVER)
    throw new SetupError('PostgreSQL 16 or newer is needed; DATABASE_URL points to an older one.');
  for (const role of ROLES) await ensureRole(admin, role, authSecret);
  const grants = [
    'GRANT nz_definer TO nz_owner WITH INHERIT FALSE, SET TRUE',
    ...(row.super ? [] : ['GRANT nz_owner TO CURRENT_USER WITH SET TRUE']),
    `GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${pg.escapeIdentifier(row.db)} TO nz_owner`,
    'GRANT USAGE, CREATE ON SCHEMA public TO nz_owner, nz_definer',
    'GRANT USAGE ON SCHEMA public TO nz_app, nz_system',
    'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
  ];
  for (const grant of grants) await asAdministrator(admin, grant, 'grant rights to the nz_ roles');
}

async function ensureRole(admin: pg.Client, role: RoleSpec, authSecret: string): Promise<void> {
  const found = await admin.query<{ login: boolean; bypass: boolean; super: boolean }>(
    'SELECT rolcanlogin AS login, rolbypassrls AS bypass, rolsuper AS super FROM pg_roles WHERE rolname = $1',
    [role.name],
  );
  const [now] = found.rows;
  const words: string[] = [];
  if (now?.super) words.push('NOSUPERUSER');
  if (now === undefined || now.login !== role.login) words.push(role.login ? 'LOGIN' : 'NOLOGIN');
  if ((now?.bypass ?? false) !== role.bypassRls)
    words.push(role.bypassRls ? 'BYPASSRLS' : 'NOBYPASSRLS');
  if (role.name === 'nz_app' || role.name === 'nz_system')
    words.push(`PASSWORD ${pg.escapeLiteral(databaseRolePassword(authSecret, role.name))}`);
  if (words.length === 0) return;
  const verb = now === undefined ? 'CREATE' : 'ALTER';
  await asAdministrator(
    admin,
    `${verb} ROLE ${role.name} ${words.join(' ')}`,
    `${verb.toLowerCase()} the role ${role.name}${role.bypassRls ? ' with BYPASSRLS' : ''}`,
  );
}

async function asAdministrator(admin: pg.Client, sql: string, what: string): Promise<void> {
  try {
    await admin.query(sql);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new SetupError(
      `The administrator in DATABASE_URL may not ${what}: give a superuser, or a role with CREATEROLE and BYPASSRLS.`,
    );
  }
}

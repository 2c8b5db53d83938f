import path from 'node:path';
import { readEnv } from '@/lib/infra/env';
import type { FirstOperator } from '@/prisma/seed/first-operator';
import { SetupError } from '@/prisma/setup-error';
import { keepSecrets } from './secrets';

type Variables = Readonly<Record<string, string | undefined>>;

export interface SupervisorSettings {
  mode: 'local' | 'production' | 'test';
  host: string;
  port: number;
  /** What a person opens. */
  address: string;
  dataDir: string;
  /** Administrator's URL, or undefined for the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  postgresPassword: string;
  /** Local ends for payments and mail, or undefined when both are real. */
  sandbox: { port: number; smtpPort: number } | undefined;
  authSecret: string;
  /** Who runs the platform at first; `madeUp`: the password is ours, and has to be told. */
  operator: FirstOperator & { madeUp: boolean };
  /** Where operators sign in. */
  consoleAddress: string;
  /** Environment of the children, complete once DATABASE_URL is known. */
  childVariables(databaseUrl: string): NodeJS.ProcessEnv;
}

/** In production nothing is made up. */
const NEEDED_IN_PRODUCTION = [
  'AUTH_SECRET',
  'ENCRYPTION_KEYS',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'SMTP_URL',
  'OPERATOR_EMAIL',
  'OPERATOR_PASSWORD',
] as const;

/** Any reachable-looking URL: settings are checked before the embedded database has one. */
const NOT_YET = 'postgresql://127.0.0.1/neozork';

export function readMode(given: Variables): SupervisorSettings['mode'] {
  const mode = given.SAAS_MODE || (given.NODE_ENV === 'production' ? 'production' : 'local');
  if (mode === 'local' || mode === 'production' || mode === 'test') return mode;
  throw new SetupError(`SAAS_MODE is not valid: it is local, production or test, not ${mode}.`);
}

/** The data folder, made absolute, so that every child means the same one. */
export function readDataDir(given: Variables, root: string): string {
  return path.resolve(root, given.DATA_DIR || '.data');
}

/**
 * Works out every setting of the supervisor and its children; on a machine of its own missing secrets come
 * from the data folder, which must exist.
 * @throws SetupError or SettingsError, one sentence that names the setting
 */
export function readSettings(given: Variables, root: string, dev: boolean): SupervisorSettings {
  const mode = readMode(given);
  const dataDir = readDataDir(given, root);
  if (mode === 'production') refuseMissing(given);
  if (given.STRIPE_SECRET_KEY && !given.STRIPE_WEBHOOK_SECRET)
    throw new SetupError(
      'STRIPE_WEBHOOK_SECRET is not set: with a STRIPE_SECRET_KEY of your own it is needed to trust its webhooks.',
    );
  refuseSharedPorts(given, mode);
  const secrets = keepSecrets(dataDir);
  const sandbox = readSandbox(given, mode);
  const { OPERATOR_EMAIL: _, OPERATOR_PASSWORD: __, ...passedOn } = defined(given);
  const variables: NodeJS.ProcessEnv = {
    ...passedOn,
    SAAS_MODE: mode,
    NODE_ENV: dev ? 'development' : 'production',
    DATA_DIR: dataDir,
    AUTH_SECRET: given.AUTH_SECRET || secrets.AUTH_SECRET,
    ENCRYPTION_KEYS: given.ENCRYPTION_KEYS || secrets.ENCRYPTION_KEYS,
    STRIPE_SECRET_KEY: given.STRIPE_SECRET_KEY || secrets.STRIPE_SECRET_KEY,
    STRIPE_WEBHOOK_SECRET: given.STRIPE_WEBHOOK_SECRET || secrets.STRIPE_WEBHOOK_SECRET,
    ...(sandbox ? sandboxVariables(given, sandbox, dataDir) : {}),
  };
  const checked = readEnv({ ...variables, DATABASE_URL: given.DATABASE_URL || NOT_YET });
  return {
    mode,
    host: checked.host,
    port: checked.port,
    address: checked.publicOrigin,
    dataDir,
    databaseUrl: given.DATABASE_URL || undefined,
    postgresPassword: secrets.POSTGRES_PASSWORD,
    sandbox,
    authSecret: checked.authSecret,
    operator: readOperator(given, secrets.OPERATOR_PASSWORD),
    consoleAddress: `${checked.publicOrigin.replace('://', '://admin.')}/admin`,
    childVariables: (databaseUrl) => ({
      ...variables,
      SAAS_PORT: String(checked.port),
      SAAS_HOST: checked.host,
      DATABASE_URL: databaseUrl,
      ...(sandbox ? webhookUrls(checked.port) : {}),
    }),
  };
}

function refuseMissing(given: Variables): void {
  const missing = NEEDED_IN_PRODUCTION.filter((name) => !given[name]);
  if (missing.length === 0) return;
  const verb = missing.length === 1 ? 'is' : 'are';
  throw new SetupError(`In production ${missing.join(', ')} ${verb} needed and not set.`);
}

/** Nobody guesses a password of this length; the console has a second factor besides. */
const OPERATOR_PASSWORD_MIN = 12;

function readOperator(given: Variables, madeUp: string): SupervisorSettings['operator'] {
  const email = given.OPERATOR_EMAIL || 'operator@example.com';
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254)
    throw new SetupError('OPERATOR_EMAIL is not valid: it is an e-mail address.');
  const password = given.OPERATOR_PASSWORD;
  if (password && password.length < OPERATOR_PASSWORD_MIN)
    throw new SetupError(
      `OPERATOR_PASSWORD is too short: it has at least ${OPERATOR_PASSWORD_MIN} characters.`,
    );
  return { email, password: password || madeUp, madeUp: !password };
}

/** A key of one's own without STRIPE_API_BASE means Stripe itself; with SMTP_URL too, nothing is left to play. */
function readSandbox(given: Variables, mode: string): SupervisorSettings['sandbox'] {
  const realPayments = Boolean(given.STRIPE_SECRET_KEY || given.STRIPE_API_BASE);
  if (mode === 'production' || (realPayments && given.SMTP_URL)) return undefined;
  return {
    port: readPort(given, 'SANDBOX_PORT', 8090),
    smtpPort: readPort(given, 'SANDBOX_SMTP_PORT', 8091),
  };
}

function readPort(given: Variables, name: string, otherwise: number): number {
  const port = given[name] ? Number(given[name]) : otherwise;
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new SetupError(`${name} is not valid: it is a port between 1 and 65535.`);
}

/** Each on its own would find its port free, and the second of them would wait for ever. */
function refuseSharedPorts(given: Variables, mode: string): void {
  const taken = new Map([[readPort(given, 'SAAS_PORT', 8080), 'SAAS_PORT']]);
  const sandbox = readSandbox(given, mode);
  if (sandbox === undefined) return;
  const wanted = { SANDBOX_PORT: sandbox.port, SANDBOX_SMTP_PORT: sandbox.smtpPort };
  for (const [name, port] of Object.entries(wanted)) {
    const other = taken.get(port);
    if (other !== undefined)
      throw new SetupError(`${name} is not valid: port ${port} is already that of ${other}.`);
    taken.set(port, name);
  }
}

function sandboxVariables(
  given: Variables,
  sandbox: { port: number; smtpPort: number },
  dataDir: string,
): Record<string, string> {
  const url = `http://localhost:${sandbox.port}`;
  const realPayments = Boolean(given.STRIPE_SECRET_KEY || given.STRIPE_API_BASE);
  return {
    SANDBOX_PORT: String(sandbox.port),
    SANDBOX_SMTP_PORT: String(sandbox.smtpPort),
    SANDBOX_DATA_DIR: path.join(dataDir, 'sandbox'),
    SANDBOX_URL: url,
    ...(realPayments ? {} : { STRIPE_API_BASE: `http://127.0.0.1:${sandbox.port}` }),
    ...(realPayments || given.PAYPAL_CLIENT_ID ? {} : localPayPal(sandbox.port)),
    ...(given.SMTP_URL ? {} : { SMTP_URL: `smtp://127.0.0.1:${sandbox.smtpPort}` }),
  };
}

/** Names, not secrets: the sandbox takes any that begin so, and nobody else takes them. */
function localPayPal(port: number): Record<string, string> {
  return {
    PAYPAL_CLIENT_ID: 'sandbox_local',
    PAYPAL_CLIENT_SECRET: 'sandbox_local',
    PAYPAL_WEBHOOK_ID: 'WH-LOCAL',
    PAYPAL_API_BASE: `http://127.0.0.1:${port}/paypal`,
  };
}

function webhookUrls(port: number): Record<string, string> {
  const at = (provider: string) => `http://127.0.0.1:${port}/api/webhooks/${provider}`;
  return { SANDBOX_WEBHOOK_URL: at('stripe'), SANDBOX_PAYPAL_WEBHOOK_URL: at('paypal') };
}

function defined(given: Variables): Record<string, string> {
  const entries = Object.entries(given).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  return Object.fromEntries(entries);
}

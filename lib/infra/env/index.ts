import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { checkInput } from '@/lib/kernel/input';
import { blankAsAbsent } from '@/lib/kernel/blank-as-absent';

/**
 * The one door to the environment. Everything else takes settings from `env()`.
 * Names are those of the README's table of settings.
 */
const port = z.coerce.number().int().min(0).max(65_535);
const optional = (schema: z.ZodType<string>) => z.preprocess(blankAsAbsent, schema.optional());
const text = optional(z.string());
const url = (protocol: RegExp, error: string) => optional(z.url({ protocol, error }));
const postgres = url(
  /^postgres(?:ql)?$/,
  'it is a PostgreSQL address such as postgresql://user:password@host/database',
);
const web = url(/^https?$/, 'it is a web address such as https://example.com');

/** With one name for two keys, what the first encrypted would be read with the second. */
function namesOnce(pairs: string): boolean {
  const names = pairs.split(',').map((pair) => pair.split(':')[0]);
  return new Set(names).size === names.length;
}

const schema = z.object({
  SAAS_MODE: z.enum(['local', 'production', 'test']).optional(),
  NODE_ENV: text,
  SAAS_HOST: z.preprocess(blankAsAbsent, z.string().default('127.0.0.1')),
  SAAS_PORT: z.preprocess(blankAsAbsent, port.default(8080)),
  ROOT_DOMAIN: z.preprocess(
    blankAsAbsent,
    z
      .string()
      .regex(/^[a-z0-9.-]+$/, 'must be a lower-case host name without port')
      .default('localhost'),
  ),
  DATA_DIR: z.preprocess(blankAsAbsent, z.string().default('.data')),
  DATABASE_URL: postgres,
  DATABASE_APP_URL: postgres,
  DATABASE_SYSTEM_URL: postgres,
  DATABASE_POOL_SIZE: z.preprocess(
    blankAsAbsent,
    z.coerce.number().int().min(2).max(200).default(10),
  ),
  STRIPE_SECRET_KEY: optional(
    z
      .string()
      .regex(/^[sr]k_(?:test|live)_/, 'it is one of Stripe’s secret keys, such as sk_test_…'),
  ),
  STRIPE_PUBLISHABLE_KEY: text,
  STRIPE_API_BASE: web,
  STRIPE_WEBHOOK_SECRET: text,
  PAYPAL_CLIENT_ID: text,
  PAYPAL_CLIENT_SECRET: text,
  PAYPAL_WEBHOOK_ID: text,
  PAYPAL_API_BASE: web,
  SANDBOX_URL: web,
  SMTP_URL: url(/^smtps?$/, 'it is a mail server’s address such as smtp://user:password@host:587'),
  MAIL_FROM: z.preprocess(blankAsAbsent, z.string().default('NeoZork <no-reply@localhost>')),
  AUTH_SECRET: optional(z.string().min(32, 'must have at least 32 characters')),
  ENCRYPTION_KEYS: optional(
    z
      .string()
      .regex(
        /^[\w-]+:[0-9a-f]{64}(,[\w-]+:[0-9a-f]{64})*$/,
        'must be `id:64 hex digits`, comma-separated, newest first',
      )
      .refine(namesOnce, 'each key has an id of its own'),
  ),
  SELLER_NAME: z.preprocess(blankAsAbsent, z.string().default('NeoZork')),
  SELLER_ADDRESS: text,
  SELLER_TAX_ID: text,
  SELLER_EMAIL: text,
  REFUND_SECOND_OPERATOR_FROM: z.preprocess(
    blankAsAbsent,
    z.coerce.number().int().min(0).default(50_000),
  ),
  DISCOUNT_SECOND_OPERATOR_FROM: z.preprocess(
    blankAsAbsent,
    z.coerce.number().int().min(0).default(50_000),
  ),
  SIGNUP_LIMIT: z.preprocess(blankAsAbsent, z.coerce.number().int().min(1).default(60)),
  LOG_LEVEL: z.preprocess(
    blankAsAbsent,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ),
});

type Raw = z.infer<typeof schema>;

/** An app of PayPal's and where its API answers, without a trailing slash. */
export type PayPalSettings = {
  clientId: string;
  clientSecret: string;
  webhookId: string;
  apiBase: string;
};

export type Env = {
  mode: 'local' | 'production' | 'test';
  host: string;
  port: number;
  /** Host name without port under which tenants have their subdomains. */
  rootDomain: string;
  /** Scheme, root domain and port as a browser writes them, without a trailing slash. */
  publicOrigin: string;
  dataDir: string;
  database: { appUrl: string; systemUrl: string; poolSize: number };
  stripe: {
    secretKey: string;
    publishableKey: string | null;
    apiBase: string | null;
    webhookSecret: string;
  };
  /** Null where PayPal isn't offered. */
  paypal: PayPalSettings | null;
  sandboxUrl: string | null;
  smtpUrl: string | null;
  mailFrom: string;
  authSecret: string;
  /** Newest first; the first one encrypts, all decrypt. */
  encryptionKeys: { id: string; key: Buffer }[];
  /** Who stands on invoices; lines of the address are separated by `|`. */
  seller: { name: string; address: string[]; taxId: string | null; email: string | null };
  /** In minor units: refunds of so much or more need a second operator. */
  refundSecondOperatorFrom: number;
  /** In minor units: discounts that take off so much or more within a year need a second operator. */
  discountSecondOperatorFrom: number;
  signupLimit: number;
  logLevel: Raw['LOG_LEVEL'];
};

/** A setting that is missing or wrong; the message is one sentence for the person who starts it. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

export type DatabaseRole = 'nz_app' | 'nz_system';

/** The password of a database role, the same on every instance that has the same AUTH_SECRET. */
export function databaseRolePassword(authSecret: string, role: DatabaseRole): string {
  return createHmac('sha256', authSecret).update(`db-role:${role}`).digest('hex');
}

/** The administrator's connection string, turned into that of a role. */
export function databaseRoleUrl(adminUrl: string, authSecret: string, role: DatabaseRole): string {
  const target = new URL(adminUrl);
  target.username = role;
  target.password = databaseRolePassword(authSecret, role);
  return target.toString();
}

function required<K extends keyof Raw>(raw: Raw, name: K): NonNullable<Raw[K]> {
  const value = raw[name];
  if (value === undefined || value === null) throw new SettingsError(`${name} is not set.`);
  return value;
}

function roleUrl(raw: Raw, given: string | undefined, role: DatabaseRole): string {
  if (given) return given;
  return databaseRoleUrl(required(raw, 'DATABASE_URL'), required(raw, 'AUTH_SECRET'), role);
}

function publicOrigin(raw: Raw, mode: Env['mode']): string {
  if (mode === 'production') return `https://${raw.ROOT_DOMAIN}`;
  return `http://${raw.ROOT_DOMAIN}${raw.SAAS_PORT === 80 ? '' : `:${raw.SAAS_PORT}`}`;
}

/** Set up by its client id; what else it needs must be there then. */
function payPalSettings(raw: Raw): PayPalSettings | null {
  if (!raw.PAYPAL_CLIENT_ID) return null;
  return {
    clientId: raw.PAYPAL_CLIENT_ID,
    clientSecret: required(raw, 'PAYPAL_CLIENT_SECRET'),
    webhookId: required(raw, 'PAYPAL_WEBHOOK_ID'),
    apiBase: (raw.PAYPAL_API_BASE ?? 'https://api-m.paypal.com').replace(/\/+$/, ''),
  };
}

/** Reads and checks settings from `source`. Throws a SettingsError naming the first fault. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const checked = checkInput(schema, source);
  if (!checked.ok) {
    const [fault] = checked.errors;
    const message = fault?.message.replace(/\.$/, '');
    throw new SettingsError(`${fault?.path} is not valid: ${message}.`);
  }
  const raw = checked.value;
  const mode = raw.SAAS_MODE ?? (raw.NODE_ENV === 'production' ? 'production' : 'local');
  return {
    mode,
    host: raw.SAAS_HOST,
    port: raw.SAAS_PORT,
    rootDomain: raw.ROOT_DOMAIN,
    publicOrigin: publicOrigin(raw, mode),
    dataDir: raw.DATA_DIR,
    database: {
      appUrl: roleUrl(raw, raw.DATABASE_APP_URL, 'nz_app'),
      systemUrl: roleUrl(raw, raw.DATABASE_SYSTEM_URL, 'nz_system'),
      poolSize: raw.DATABASE_POOL_SIZE,
    },
    stripe: {
      secretKey: required(raw, 'STRIPE_SECRET_KEY'),
      publishableKey: raw.STRIPE_PUBLISHABLE_KEY ?? null,
      apiBase: raw.STRIPE_API_BASE ?? null,
      webhookSecret: required(raw, 'STRIPE_WEBHOOK_SECRET'),
    },
    paypal: payPalSettings(raw),
    sandboxUrl: raw.SANDBOX_URL ?? null,
    smtpUrl: raw.SMTP_URL ?? null,
    mailFrom: raw.MAIL_FROM,
    authSecret: required(raw, 'AUTH_SECRET'),
    encryptionKeys: required(raw, 'ENCRYPTION_KEYS')
      .split(',')
      .map((pair) => {
        const [id = '', hex = ''] = pair.split(':');
        return { id, key: Buffer.from(hex, 'hex') };
      }),
    seller: {
      name: raw.SELLER_NAME,
      address: (raw.SELLER_ADDRESS ?? '').split('|').flatMap((line) => line.trim() || []),
      taxId: raw.SELLER_TAX_ID ?? null,
      email: raw.SELLER_EMAIL ?? null,
    },
    refundSecondOperatorFrom: raw.REFUND_SECOND_OPERATOR_FROM,
    discountSecondOperatorFrom: raw.DISCOUNT_SECOND_OPERATOR_FROM,
    signupLimit: raw.SIGNUP_LIMIT,
    logLevel: raw.LOG_LEVEL,
  };
}

let current: Env | undefined;

/** The settings of this process, read and checked once. Throws with the name of what is missing or wrong. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}

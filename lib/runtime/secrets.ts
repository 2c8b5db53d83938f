import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '@/prisma/setup-error';

/** What is made up once for a machine of its own and never leaves the data folder. */
export interface Secrets {
  POSTGRES_PASSWORD: string;
  AUTH_SECRET: string;
  ENCRYPTION_KEYS: string;
  STRIPE_SECRET_KEY: string;
  STRIPE_WEBHOOK_SECRET: string;
  OPERATOR_PASSWORD: string;
}

const GENERATORS: { [Name in keyof Secrets]: () => string } = {
  POSTGRES_PASSWORD: () => randomBytes(24).toString('hex'),
  AUTH_SECRET: () => randomBytes(32).toString('hex'),
  ENCRYPTION_KEYS: () => `k1:${randomBytes(32).toString('hex')}`,
  STRIPE_SECRET_KEY: () => `sk_test_${randomBytes(24).toString('hex')}`,
  STRIPE_WEBHOOK_SECRET: () => `whsec_${randomBytes(24).toString('hex')}`,
  OPERATOR_PASSWORD: () => randomBytes(15).toString('base64url'),
};

/**
 * Reads `secrets.json` of the data folder and adds what it lacks. Only its owner may read the file.
 * @throws SetupError when the file is damaged: new secrets would lock the old data
 */
export function keepSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, 'secrets.json');
  const known = existsSync(file) ? parse(file) : {};
  const names = Object.keys(GENERATORS) as (keyof Secrets)[];
  const missing = names.filter((name) => typeof known[name] !== 'string');
  const secrets = { ...known } as Secrets;
  for (const name of missing) secrets[name] = GENERATORS[name]();
  if (missing.length > 0) {
    // Written beside and renamed, so that a crash never leaves half a file.
    writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  chmodSync(file, 0o600);
  return secrets;
}

function parse(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch {
    throw new SetupError(`${file} cannot be read as JSON: put the old file back.`);
  }
}

import { appSql, type Tx } from '@/lib/infra/db';
import type { RequestInfo } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { checkPassword } from './hash-password';
import { lifetimes } from './limits';
import { lockSessions } from './lock-sessions';
import { accountThrottle, addressThrottle, forgive, requireTry } from './throttle';

export type Person = { id: string; email: string; name: string; emailVerified: boolean };

/** Who somebody proved to be, and by which password: its hash at that moment. */
export type Proof = { person: Person; passwordHash: string };

type Row = {
  id: string;
  email: string;
  name: string;
  password_hash: string | null;
  email_verified_at: Date | null;
};

/** The same words for an unknown person, a wrong password and a wrong tenant. */
export const signInFailed = () =>
  new DomainError(
    'unauthenticated',
    'invalid_credentials',
    'E-mail, password or organisation is wrong. Check them, or reset the password.',
  );

/** A person by e-mail address, with the hash of their password; null when nobody has it. */
export async function findPersonByEmail(
  email: string,
): Promise<(Person & { passwordHash: string | null }) | null> {
  const found = await appSql<Row>('identity.person', 'SELECT * FROM door.person_for_sign_in($1)', [
    email,
  ]);
  const [row] = found.rows;
  if (!row) return null;
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    emailVerified: row.email_verified_at !== null,
    passwordHash: row.password_hash,
  };
}

async function knowsAddress(userId: string, info: RequestInfo): Promise<boolean> {
  const since = new Date(info.clock.now().getTime() - lifetimes.knownAddress);
  const found = await appSql<{ known: boolean }>(
    'identity.known_address',
    'SELECT door.known_address($1, $2, $3) AS known',
    [userId, info.ip, since],
  );
  return found.rows[0]?.known ?? false;
}

/**
 * Who somebody is, by e-mail and password. A try is taken before the password is looked at, so that
 * no number of parallel calls gets more of them. The work is the same whether or not the person
 * exists. Throws 401 `invalid_credentials`, 429 `rate_limited`.
 */
export async function provePassword(
  info: RequestInfo,
  email: string,
  password: string,
): Promise<Proof> {
  const person = await findPersonByEmail(email);
  const known = await knowsAddress(person?.id ?? newId(), info);
  const account = accountThrottle(email, info, known);
  const address = addressThrottle(info);
  await requireTry(
    [account, address],
    info.clock.now(),
    (wait) =>
      `Too many tries to sign in. Wait ${wait}, or reset the password by e-mail to get in at once.`,
  );
  const matches = await checkPassword(password, person?.passwordHash ?? null);
  if (!matches || !person?.passwordHash) throw signInFailed();
  await forgive([account], [address]);
  const { passwordHash, ...proven } = person;
  return { person: proven, passwordHash };
}

/**
 * Whether a proof still holds, asked in the transaction that acts on it. Between the two the password may have
 * been changed: a change waits for this transaction and ends what it opens, or is seen here.
 */
export async function stillProven(tx: Tx, userId: string, passwordHash: string): Promise<boolean> {
  await lockSessions(tx, userId);
  return (await tx.credential.count({ where: { userId, passwordHash } })) > 0;
}

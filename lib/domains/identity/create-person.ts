import type { Tx } from '@/lib/infra/db';

export type NewPerson = {
  id: string;
  email: string;
  name: string;
  /** Null: they choose one by a mailed link. */
  passwordHash: string | null;
  /** True when the way here proves that the address is theirs. */
  emailVerified: boolean;
  now: Date;
};

/**
 * Writes a person, in a transaction whose acting person is this very one. An address that somebody
 * has taken meanwhile fails on the unique key.
 */
export async function createPerson(tx: Tx, person: NewPerson): Promise<void> {
  const { id, email, name, passwordHash, now } = person;
  await tx.user.create({
    data: {
      id,
      email,
      name,
      emailVerifiedAt: person.emailVerified ? now : null,
      createdAt: now,
      updatedAt: now,
    },
  });
  if (passwordHash) {
    await tx.credential.create({ data: { userId: id, passwordHash, changedAt: now } });
  }
}

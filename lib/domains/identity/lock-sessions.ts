import type { Tx } from '@/lib/infra/db';

/**
 * Holds what ends a person's sessions, adds one, or changes the password they are opened with, until
 * the transaction ends.
 */
export async function lockSessions(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sessions:${userId}`}, 0))`;
}

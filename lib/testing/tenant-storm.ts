import type pg from 'pg';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/lib/infra/db/generated/client';
import { inScope, ScopedPool } from '@/lib/infra/db/scope';
import { newId } from '@/lib/kernel/ids';

export type StormResult = { operations: number; aborted: number; wrong: number };

/** Thrown on purpose, to see whether an abort leaves a tenant behind on the connection. */
class Abort extends Error {}

/**
 * Many workers, each for tenants of its own, over a pool far too small: every operation asks the
 * database whose tenant it is and counts the answers that name another one.
 * @param operations how many in all
 * @param random numbers in [0, 1), seeded by the caller
 */
export async function tenantStorm(
  appUrl: string,
  options: { workers: number; poolSize: number; operations: number; random: () => number },
): Promise<StormResult> {
  const pool = new ScopedPool({ connectionString: appUrl, max: options.poolSize });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool as pg.Pool) });
  const result: StormResult = { operations: 0, aborted: 0, wrong: 0 };
  let left = options.operations;
  const worker = async () => {
    const tenants = [newId(), newId()];
    while (left-- > 0) {
      const tenantId = tenants[Math.floor(options.random() * 2)] ?? null;
      const abort = options.random() < 0.1;
      result.operations += 1;
      try {
        await inScope({ tenantId, userId: null }, () =>
          prisma.$transaction(
            async (tx) => {
              const rows = await tx.$queryRaw<{ tenant: string }[]>`
                SELECT current_setting('app.tenant_id', true) AS tenant`;
              if (rows[0]?.tenant !== tenantId) result.wrong += 1;
              if (abort) throw new Abort();
            },
            { maxWait: 60_000, timeout: 60_000 },
          ),
        );
      } catch (error) {
        if (!(error instanceof Abort)) throw error;
        result.aborted += 1;
      }
      if (options.random() < 0.05) {
        // Between transactions a connection has no tenant at all.
        const { rows } = await pool.query(
          `SELECT current_setting('app.tenant_id', true) AS tenant`,
        );
        if (rows[0]?.tenant) result.wrong += 1;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: options.workers }, worker));
  } finally {
    await prisma.$disconnect();
    await pool.end();
  }
  return result;
}

/** Repeatable random numbers (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import pg from 'pg';
import { closeDatabase } from '@/lib/infra/db';
import type { BenchRow } from '@/lib/testing/bench-world';
import { closeEverybody, fillMonth, wrongCharges } from '@/lib/testing/month-world';
import { onThrowawayDatabase } from '@/lib/testing/throwaway-database';

const TENANTS = 10_000;
const ROWS_EACH = 100;
const CALLERS = 4;
const MOST_SECONDS = 300;
const MOST_MEGABYTES = 1_000;

/**
 * Closes a month of ten thousand subscriptions with a million rows of usage by the product's own close: whose is found, and each
 * is summed, rated and written with audit row and event in a transaction of its own. The provider isn't called: what is
 * handed over to it takes as long as it takes.
 */
export async function run(): Promise<BenchRow[]> {
  return onThrowawayDatabase({ durable: true }, async (databaseUrl) => {
    const admin = new pg.Client({ connectionString: databaseUrl });
    await admin.connect();
    try {
      await fillMonth(admin, { tenants: TENANTS, rowsEach: ROWS_EACH });
      const began = performance.now();
      const written = await closeEverybody(admin, CALLERS);
      const seconds = (performance.now() - began) / 1_000;
      const wrong = await wrongCharges(admin);
      const again = await closeEverybody(admin, CALLERS);
      return [
        row('Month close: 10,000 subscriptions, 1,000,000 rows of usage, hand-over apart', {
          value: seconds,
          unit: 's (at most)',
          target: MOST_SECONDS,
        }),
        row('Month close: memory of the process that closes', {
          value: process.memoryUsage().rss / 1_000_000,
          unit: 'MB (at most)',
          target: MOST_MEGABYTES,
        }),
        row('Month close: charges missing, or other than the rows add up to', {
          value: wrong + Math.abs(written - TENANTS),
          unit: 'charges (none)',
          target: 0,
        }),
        row('Month close: written by doing it all again', {
          value: again,
          unit: 'charges (none)',
          target: 0,
        }),
      ];
    } finally {
      await admin.end();
      await closeDatabase();
    }
  });
}

function row(name: string, at: { value: number; unit: string; target: number }): BenchRow {
  return { name, ...at, ok: at.value <= at.target };
}

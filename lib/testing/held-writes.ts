import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

const LOCK = 4711;

const WAITING = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCK} AND NOT granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

export interface HeldWrites {
  /** Resolves when so many processes wait. */
  reached(processes?: number): Promise<void>;
  /** Ends the sessions of those who wait, who may be dead by now, and lets all others through from then on. */
  killWaiting(): Promise<void>;
}

/** Keeps every process from updating rows of a table to what `condition` says (of `NEW` and `OLD`): it gets as far as that and waits. */
export async function holdUpdates(
  admin: pg.Client,
  table: string,
  condition: string,
): Promise<HeldWrites> {
  await admin.query(`
    CREATE FUNCTION hold_update() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock(${LOCK}); RETURN NEW; END $$;
    CREATE TRIGGER hold_update BEFORE UPDATE ON ${table}
      FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION hold_update();
    SELECT pg_advisory_lock(${LOCK})`);
  const waiting = async () => (await admin.query(WAITING)).rows.length;
  return {
    reached: async (processes = 1) => {
      while ((await waiting()) < processes) await sleep(20);
    },
    killWaiting: async () => {
      await admin.query(`SELECT pg_terminate_backend(pid) FROM (${WAITING}) AS w`);
      while ((await waiting()) > 0) await sleep(20);
      await admin.query(`SELECT pg_advisory_unlock(${LOCK});
        DROP TRIGGER hold_update ON ${table}; DROP FUNCTION hold_update()`);
    },
  };
}

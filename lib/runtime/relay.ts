import type pg from 'pg';
import { listenClient } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { systemClock } from '@/lib/kernel/clock';

export type RelaySource = { name: string; turn: (now: Date) => Promise<number> };

/** Any constant, as long as every worker tries the same lock. */
const LEADER_LOCK = 7_204_118_333;
const TURN_MS = 100;
/** How often a worker that isn't the leader asks whether it may be, in ms. */
const WAIT_MS = 1_000;

/**
 * Relays what has to go out in order, in one worker at a time: whoever holds the lock.
 * It ends with its holder's connection, so that another worker goes on within seconds of a crash.
 */
export function startRelay(sources: readonly RelaySource[]): { stop(): Promise<void> } {
  let stopping = false;
  let wake: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopping) wake();
    });

  async function lead(client: pg.Client, lost: () => boolean): Promise<void> {
    while (!stopping && !lost()) {
      const done = await Promise.all(sources.map(turnOf));
      // A full turn means that more is waiting.
      if (Math.max(...done) < 500) await pause(TURN_MS);
    }
    if (!lost()) await client.query('SELECT pg_advisory_unlock($1)', [LEADER_LOCK]);
  }

  async function attempt(): Promise<void> {
    const client = listenClient();
    let gone = false;
    const lose = () => {
      gone = true;
    };
    client.on('error', lose);
    client.on('end', lose);
    try {
      await client.connect();
      while (!stopping && !gone) {
        const { rows } = await client.query<{ mine: boolean }>(
          'SELECT pg_try_advisory_lock($1) AS mine',
          [LEADER_LOCK],
        );
        if (rows[0]?.mine) await lead(client, () => gone);
        else await pause(WAIT_MS);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  const running = (async () => {
    while (!stopping) {
      await attempt().catch((error: unknown) => log().warn({ err: error }, 'relay: trying again'));
      if (!stopping) await pause(WAIT_MS);
    }
  })();
  return {
    stop: () => {
      stopping = true;
      wake();
      return running;
    },
  };
}

async function turnOf({ name, turn }: RelaySource): Promise<number> {
  try {
    return await turn(systemClock.now());
  } catch (error) {
    log().warn({ err: error, source: name }, 'relay turn failed');
    return 0;
  }
}

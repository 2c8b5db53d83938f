import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import type { EmbeddedPostgresOptions } from './postgres-cluster';

export interface KeptPostgres {
  url: string;
  stop(): Promise<void>;
  /** Ends it at once; the next start recovers from its log, and nothing committed is lost. */
  kill(): void;
}

const PAUSE_MS = 1_000;

/** Starts the embedded PostgreSQL and starts it again, on the same port, should it end by itself. */
export async function keepPostgres(
  options: EmbeddedPostgresOptions,
  onTrouble: (sentence: string) => void,
): Promise<KeptPostgres> {
  let server: EmbeddedPostgres = await startEmbeddedPostgres(options);
  const { url } = server;
  let stopping = false;
  const keep = async () => {
    for (;;) {
      await server.ended;
      if (stopping) return;
      onTrouble(`PostgreSQL ended by itself and starts again; see ${options.dataDir}/logs.`);
      await sleep(PAUSE_MS);
      if (stopping) return;
      try {
        server = await startEmbeddedPostgres(options);
      } catch (error) {
        onTrouble(error instanceof Error ? error.message : String(error));
      }
    }
  };
  const kept = keep();
  return {
    url,
    stop: async () => {
      stopping = true;
      await server.stop();
      await kept;
    },
    kill: () => {
      stopping = true;
      process.kill(server.pid, 'SIGQUIT');
    },
  };
}

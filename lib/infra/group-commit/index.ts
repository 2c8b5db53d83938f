import { newId } from '@/lib/kernel/ids';
import { DomainError } from '@/lib/kernel/errors';
import { isConnectionLost } from './connection-lost';

/** How often the same flush is tried when the database refused it for a clash with another. */
const CLASH_TRIES = 5;
const CLASHES = new Set(['40001', '40P01', '23505']);
/** How long callers wait for a lost database before they are told so, in ms. */
const PATIENCE_MS = 5_000;
/** How long the outcome of a flush is asked for after its callers went away, in ms. */
const SETTLE_MS = 600_000;

export type GroupCommitOptions<I, O> = {
  /** Most items in one flush. */
  maxBatch: number;
  /** Flushes under way at the same time; with one, items gather while it commits. */
  maxInFlight: number;
  /**
   * Applies the items in one transaction and answers in their order. Called again with the same id
   * when the outcome is unknown, so it must have its effect once for each id.
   */
  apply: (flushId: string, items: I[]) => Promise<O[]>;
  /** A flush whose callers were told "unavailable" turned out to have been applied. */
  onLate?: (items: I[], results: O[]) => void;
  sleep?: (ms: number) => Promise<void>;
};

type Waiting<I, O> = { item: I; resolve: (result: O) => void; reject: (error: unknown) => void };

export type GroupCommit<I, O> = {
  /** Resolves when the item's transaction is durable. Throws `unavailable` while the database is away. */
  submit(item: I): Promise<O>;
  /** Resolves when nothing is waiting or under way. */
  drain(): Promise<void>;
};

const unavailable = (cause?: unknown) =>
  new DomainError(
    'unavailable',
    'temporarily_unavailable',
    'The service is restarting. Try again in a few seconds.',
    { cause, extra: { retry_after: 1 } },
  );

/**
 * Gathers what arrives while the last transaction commits into the next one, so that the price of a
 * durable commit is shared by everybody who waits for it.
 */
export function groupCommit<I, O>(options: GroupCommitOptions<I, O>): GroupCommit<I, O> {
  const sleep = options.sleep ?? ((ms: number) => new Promise((done) => setTimeout(done, ms)));
  let waiting: Waiting<I, O>[] = [];
  let inFlight = 0;
  let scheduled = false;
  let away = false;
  let idle: (() => void)[] = [];

  function schedule(): void {
    if (scheduled || waiting.length === 0 || inFlight >= options.maxInFlight) return;
    scheduled = true;
    // After the sockets of this turn were read: what arrived together is committed together.
    setImmediate(() => {
      scheduled = false;
      while (waiting.length > 0 && inFlight < options.maxInFlight) {
        const batch = waiting.splice(0, options.maxBatch);
        inFlight++;
        void flush(batch).finally(() => {
          inFlight--;
          schedule();
          if (inFlight === 0 && waiting.length === 0) for (const done of idle.splice(0)) done();
        });
      }
    });
  }

  async function flush(batch: Waiting<I, O>[]): Promise<void> {
    const items = batch.map(({ item }) => item);
    const id = newId();
    try {
      const results = await untilKnown(id, items, Date.now() + PATIENCE_MS);
      for (const [i, { resolve }] of batch.entries()) resolve(results[i] as O);
    } catch (error) {
      const lost = isConnectionLost(error);
      for (const { reject } of batch) reject(lost ? unavailable(error) : error);
      if (lost) void settle(id, items);
    }
  }

  async function untilKnown(id: string, items: I[], deadline: number): Promise<O[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const results = await options.apply(id, items);
        away = false;
        return results;
      } catch (error) {
        if (isConnectionLost(error)) {
          setAway(error);
          if (Date.now() >= deadline) throw error;
          await sleep(Math.min(1_000, 50 * 2 ** Math.min(attempt, 5)));
        } else if (attempt >= CLASH_TRIES || !CLASHES.has(codeOf(error))) {
          throw error;
        }
      }
    }
  }

  /** What wasn't sent yet hasn't happened, so its callers are told at once. */
  function setAway(error: unknown): void {
    away = true;
    const unsent = waiting;
    waiting = [];
    for (const { reject } of unsent) reject(unavailable(error));
  }

  async function settle(id: string, items: I[]): Promise<void> {
    const results = await untilKnown(id, items, Date.now() + SETTLE_MS).catch(() => null);
    // Without an answer in all that time new calls are the ones that find out.
    away = false;
    if (results) options.onLate?.(items, results);
  }

  return {
    submit: (item) => {
      if (away) return Promise.reject(unavailable());
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        schedule();
      });
    },
    drain: () =>
      inFlight === 0 && waiting.length === 0
        ? Promise.resolve()
        : new Promise((done) => {
            idle.push(done);
          }),
  };
}

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code);

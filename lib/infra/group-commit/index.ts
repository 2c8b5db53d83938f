import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@/lib/kernel/ids';
import { DomainError } from '@/lib/kernel/errors';
import { outsideSteps } from '../db/steps';
import { isConnectionLost } from './connection-lost';

/** How often the same flush is tried when the database refused it for a clash with another. */
const CLASH_TRIES = 5;
const CLASHES = new Set(['40001', '40P01', '23505']);
/** How long callers wait for a lost database before they are told so, in ms. */
const PATIENCE_MS = 5_000;
/** How long the outcome of a flush is asked for after its callers went away, in ms. */
const SETTLE_MS = 600_000;

export type GroupCommitOptions<I, O> = {
  /** Most items in one flush; with `weigh`, most weight (a single heavier item goes alone). */
  maxBatch: number;
  weigh?: (item: I) => number;
  /** Flushes under way at the same time; with one, items gather while it commits. */
  maxInFlight: number;
  /**
   * Applies the items in one transaction and answers in their order. Called again with the same id
   * when the outcome is unknown, so it must have its effect once for each id.
   */
  apply: (flushId: string, items: I[]) => Promise<O[]>;
  /** A flush whose callers were told "unavailable" turned out to have been applied. */
  onLate?: (items: I[], results: O[]) => void;
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
  return new Committer(options);
}

class Committer<I, O> implements GroupCommit<I, O> {
  private readonly options: GroupCommitOptions<I, O>;
  private waiting: Waiting<I, O>[] = [];
  private inFlight = 0;
  private scheduled = false;
  private away = false;
  private readonly idle: (() => void)[] = [];

  constructor(options: GroupCommitOptions<I, O>) {
    this.options = options;
  }

  submit(item: I): Promise<O> {
    if (this.away) return Promise.reject(unavailable());
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  drain(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((done) => {
      this.idle.push(done);
    });
  }

  private isIdle(): boolean {
    return this.inFlight === 0 && this.waiting.length === 0;
  }

  private mayFlush(): boolean {
    return this.waiting.length > 0 && this.inFlight < this.options.maxInFlight;
  }

  private schedule(): void {
    if (this.scheduled || !this.mayFlush()) return;
    this.scheduled = true;
    // After the sockets of this turn were read: what arrived together is committed together, and
    // belongs to no one of those who wait.
    outsideSteps(() => setImmediate(() => this.flushAll()));
  }

  private flushAll(): void {
    this.scheduled = false;
    while (this.mayFlush()) void this.flush(this.waiting.splice(0, this.batchLength()));
  }

  private batchLength(): number {
    const { weigh, maxBatch } = this.options;
    if (!weigh) return maxBatch;
    let weight = 0;
    const over = this.waiting.findIndex(({ item }) => {
      weight += weigh(item);
      return weight > maxBatch;
    });
    return over < 0 ? this.waiting.length : Math.max(1, over);
  }

  private async flush(batch: Waiting<I, O>[]): Promise<void> {
    const items = batch.map(({ item }) => item);
    const id = newId();
    this.inFlight++;
    try {
      const results = await this.untilKnown(id, items, Date.now() + PATIENCE_MS);
      for (const [i, { resolve }] of batch.entries()) resolve(results[i] as O);
    } catch (error) {
      const lost = isConnectionLost(error);
      for (const { reject } of batch) reject(lost ? unavailable(error) : error);
      if (lost) void this.settle(id, items);
    } finally {
      this.inFlight--;
      this.schedule();
      if (this.isIdle()) for (const done of this.idle.splice(0)) done();
    }
  }

  private async untilKnown(id: string, items: I[], deadline: number): Promise<O[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const results = await this.options.apply(id, items);
        this.away = false;
        return results;
      } catch (error) {
        if (isConnectionLost(error)) {
          this.setAway(error);
          if (Date.now() >= deadline) throw error;
          await sleep(Math.min(1_000, 50 * 2 ** Math.min(attempt, 5)));
        } else if (attempt >= CLASH_TRIES || !CLASHES.has(codeOf(error))) {
          throw error;
        }
      }
    }
  }

  /** What wasn't sent yet hasn't happened, so its callers are told at once. */
  private setAway(error: unknown): void {
    this.away = true;
    for (const { reject } of this.waiting.splice(0)) reject(unavailable(error));
  }

  private async settle(id: string, items: I[]): Promise<void> {
    const results = await this.untilKnown(id, items, Date.now() + SETTLE_MS).catch(() => null);
    // Without an answer in all that time new calls are the ones that find out.
    this.away = false;
    if (results) this.options.onLate?.(items, results);
  }
}

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code);

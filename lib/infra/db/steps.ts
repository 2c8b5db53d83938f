import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from '../registry';

/** Runs one statement in the transaction that is about to commit, and answers its first row. */
export type StepQuery = (text: string, values: unknown[]) => Promise<unknown>;

/** One transaction of a use case that must happen once, however often the use case is begun. */
export type Step =
  /** A run before this one committed it. */
  | { known: true; result: unknown }
  | {
      known: false;
      /** The last word inside the transaction; throws when it must not commit. */
      seal(result: unknown, query: StepQuery): Promise<void>;
      /** The transaction has committed. */
      committed(): void;
    };

/** Says of each transaction, in the order in which they come, whether it has happened. */
export type Steps = { next(label: string): Step };

// Shared by both bundles of a process, as the pools are.
const storage = () => once('db.steps', () => new AsyncLocalStorage<Steps>());

/** Runs a use case of which each transaction happens once: see ADR 0008. */
export function inSteps<T>(steps: Steps, work: () => Promise<T>): Promise<T> {
  return storage().run(steps, work);
}

/** For what is done for everybody at once (a shared flush, a cache): it belongs to no use case. */
export function outsideSteps<T>(work: () => T): T {
  return storage().exit(work);
}

/**
 * Runs a transaction, unless it is known to have happened. `work` names it: its text is the same in
 * every run of one release.
 */
export async function asStep<T>(
  work: { toString(): string },
  transact: (seal: (result: T, query: StepQuery) => Promise<void>) => Promise<T>,
): Promise<T> {
  const step = storage().getStore()?.next(work.toString());
  if (!step) return transact(async () => undefined);
  // Results are written by the code that reads them, in the release that wrote them.
  if (step.known) return step.result as T;
  const result = await outsideSteps(() => transact((value, query) => step.seal(value, query)));
  step.committed();
  return result;
}

import type { ProcessName } from './child-plans';
import type { ManagedProcess } from './managed-process';
import type { KeptPostgres } from './postgres-keeper';
import type { SupervisorLock } from './supervisor-lock';

/** Web first, so that no new work comes in. */
const STOP_ORDER: readonly ProcessName[] = ['server', 'worker', 'sandbox'];

/** Everything the supervisor has started, and how it is ended. */
export class Household {
  readonly #processes = new Map<ProcessName, ManagedProcess>();
  readonly #stop = new AbortController();
  failure: unknown;
  postgres: KeptPostgres | undefined;
  lock: SupervisorLock | undefined;
  stopWatching: (() => void) | undefined;

  /** Aborted when the end has been asked for: a start under way gives up. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  askToStop(): void {
    this.#stop.abort();
  }

  /** Keeps the first reason why the start failed, and ends the rest of it. */
  fail(error: unknown): void {
    if (this.stopSignal.aborted) return;
    this.failure = error;
    this.askToStop();
  }

  add(name: ProcessName, one: ManagedProcess): void {
    this.#processes.set(name, one);
    this.note();
  }

  restart(names: Iterable<ProcessName>): void {
    for (const name of names) this.#processes.get(name)?.restart();
  }

  /** Writes down which processes run, for the supervisor that comes after a SIGKILL. */
  note(): void {
    const pids = [...this.#processes.values()].map((one) => one.pid());
    this.lock?.note(pids.filter((pid): pid is number => pid !== undefined));
  }

  /** In order, the database last. */
  async stop(): Promise<void> {
    this.stopWatching?.();
    for (const name of STOP_ORDER) await this.#processes.get(name)?.stop();
    await this.postgres?.stop();
    this.lock?.release();
  }

  /** At once. Nothing committed is lost: the database recovers at the next start. */
  kill(): void {
    for (const one of this.#processes.values()) one.kill();
    this.postgres?.kill();
    this.lock?.release();
  }
}

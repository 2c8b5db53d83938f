import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { env } from '@/lib/infra/env';
import { once } from '@/lib/infra/registry';
import type { Paper } from './paper';
import type { PaperAnswer, PaperRequest } from './thread-messages';

const SOURCE = 'lib/domains/billing/pdf/thread.ts';
const BUNDLE = 'dist/paper-thread.mjs';

type Waiting = { resolve: (pdf: Uint8Array) => void; reject: (error: Error) => void };

/** Whether this process runs from source: in development and in tests. */
const runsFromSource = () =>
  env().mode === 'test' || process.execArgv.some((argument) => argument.includes('tsx'));

/**
 * The thread's program: bundled beside the processes' own or, where those run from source, translated by tsx. Pages
 * are a bundle of their own in the same process, so it is found from the project's folder, in which all of them run.
 * Its name stands in a text: a path given to `Worker` is looked for when pages are compiled, built yet or not.
 */
function startThread(): Worker {
  const href = (file: string) => JSON.stringify(pathToFileURL(path.resolve(file)).href);
  // Node 20 doesn't hand `--import` on to threads, so tsx is registered inside.
  const code = runsFromSource()
    ? `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${href(SOURCE)}); })`
    : `import(${href(BUNDLE)})`;
  return new Worker(code, { execArgv: [], name: 'paper', eval: true });
}

/** One thread for the process; when it breaks down, whoever waits is told, and the next document gets a new one. */
class Printer {
  private thread: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  print(paper: Paper): Promise<Uint8Array> {
    this.thread ??= this.start();
    const { thread } = this;
    const id = ++this.last;
    return new Promise<Uint8Array>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      // Only a document that somebody waits for keeps the process alive.
      thread.ref();
      thread.postMessage({ id, paper } satisfies PaperRequest);
    });
  }

  private start(): Worker {
    const thread = startThread();
    thread.on('message', (answer: PaperAnswer) => {
      const waiting = this.waiting.get(answer.id);
      this.waiting.delete(answer.id);
      if (this.waiting.size === 0) thread.unref();
      if ('pdf' in answer) waiting?.resolve(answer.pdf);
      else waiting?.reject(new Error(`The document could not be set: ${answer.fault}`));
    });
    thread.once('error', (error) => this.fail(thread, error));
    thread.once('exit', (code) =>
      this.fail(thread, new Error(`The thread that sets documents ended (${code}).`)),
    );
    return thread;
  }

  private fail(thread: Worker, error: unknown): void {
    if (this.thread !== thread) return;
    this.thread = null;
    const fault = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.waiting.values()) reject(fault);
    this.waiting.clear();
  }
}

/** Sets a document as PDF, off the event loop. Rejects when it can't be set. */
export function printPaper(paper: Paper): Promise<Uint8Array> {
  return once('billing.printer', () => new Printer()).print(paper);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '@/prisma/setup-error';

export interface ProcessPlan {
  /** As people call it: "Web server". */
  title: string;
  /** Arguments of node. */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  readyWithinMs: number;
  stopWithinMs: number;
}

export interface ManagedProcess {
  /** Id of the running process, or undefined between a crash and the next try. */
  pid(): number | undefined;
  /** Ends it and starts it anew; for development. */
  restart(): void;
  /** Asks it to end, insists after `stopWithinMs`; resolves when it is gone. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

export interface ProcessEvents {
  /** One sentence for the terminal. */
  onTrouble(sentence: string): void;
  /** The process id changed. */
  onChange(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Alive for so long, a process counts as sound again. */
const SOUND_AFTER_MS = 60_000;
const LAST_WORDS = 4_000;

interface Run {
  child: ChildProcess;
  began: number;
  ready: Promise<void>;
  gone: Promise<void>;
  lastWords(): string;
}

/**
 * Starts a process and keeps it running: after a crash it starts again, pausing longer each time.
 * Resolves when the process first says that it is ready.
 * @param giveUp ends the wait, and the process, before it is ready
 * @throws SetupError when it ends or stays silent before that
 */
export async function manage(
  plan: ProcessPlan,
  events: ProcessEvents,
  giveUp: AbortSignal,
): Promise<ManagedProcess> {
  const log = createWriteStream(plan.logFile, { flags: 'a' });
  const state: State = { stopping: false, restarting: false, crashes: 0, run: launch(plan, log) };
  events.onChange();
  try {
    await readyInTime(plan, state.run, giveUp);
  } catch (error) {
    signal(state.run, 'SIGKILL');
    await state.run.gone;
    log.end();
    throw error;
  }
  const kept = keepRunning(plan, events, state, log);
  return {
    pid: () => (isGone(state.run.child) ? undefined : state.run.child.pid),
    restart: () => {
      state.restarting = true;
      signal(state.run, 'SIGTERM');
    },
    stop: async () => {
      state.stopping = true;
      signal(state.run, 'SIGTERM');
      const hard = setTimeout(() => signal(state.run, 'SIGKILL'), plan.stopWithinMs);
      await kept;
      clearTimeout(hard);
    },
    kill: () => {
      state.stopping = true;
      signal(state.run, 'SIGKILL');
    },
  };
}

/** Its own process group, so that Ctrl-C reaches the supervisor alone, which then stops things in order. */
function launch(plan: ProcessPlan, log: WriteStream): Run {
  const child = spawn(process.execPath, plan.args, {
    cwd: plan.cwd,
    env: plan.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let words = '';
  const ready = new Promise<void>((resolve) => {
    const listen = (chunk: string) => {
      if (!log.writableEnded) log.write(chunk);
      words = (words + chunk).slice(-LAST_WORDS);
      if (/^(\w+ )?ready\b/m.test(words)) resolve();
    };
    child.stdout?.setEncoding('utf8').on('data', listen);
    child.stderr?.setEncoding('utf8').on('data', listen);
    child.on('message', (message) => {
      if (message === 'ready') resolve();
    });
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      killGroup(child.pid);
      resolve();
    });
    child.once('error', (error) => {
      words += error.message;
      resolve();
    });
  });
  return { child, began: Date.now(), ready, gone, lastWords: () => words.trim() };
}

async function readyInTime(plan: ProcessPlan, run: Run, giveUp: AbortSignal): Promise<void> {
  const answered = new AbortController();
  const signal = AbortSignal.any([answered.signal, giveUp]);
  const outcome = await Promise.race([
    run.ready.then(() => 'ready' as const),
    run.gone.then(() => 'gone' as const),
    sleep(plan.readyWithinMs, 'late' as const, { signal }).catch(() => 'late' as const),
  ]);
  answered.abort();
  if (outcome === 'ready') return;
  const said = lastLine(run.lastWords());
  const why = outcome === 'late' ? 'it did not get ready in time' : said || 'it ended at once';
  throw new SetupError(`${plan.title} did not start: ${why} (see ${plan.logFile}).`);
}

/** The line of a stack trace that says what happened, or the last one. */
function lastLine(words: string): string {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  const error = lines.findLast((line) => /^\w*Error\b.*: /.test(line));
  return (error ?? lines.at(-1) ?? '').trim().slice(0, 300);
}

interface State {
  stopping: boolean;
  /** Ended on purpose, to start anew. */
  restarting: boolean;
  crashes: number;
  run: Run;
}

async function keepRunning(
  plan: ProcessPlan,
  events: ProcessEvents,
  state: State,
  log: WriteStream,
): Promise<void> {
  for (;;) {
    await state.run.gone;
    events.onChange();
    if (state.stopping) break;
    const { exitCode, signalCode } = state.run.child;
    const lived = Date.now() - state.run.began;
    if (lived > SOUND_AFTER_MS) state.crashes = 0;
    if (!state.restarting) {
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** state.crashes, LONGEST_PAUSE_MS);
      state.crashes += 1;
      const how = signalCode ?? `exit ${exitCode}`;
      events.onTrouble(`${plan.title} ended (${how}) and starts again; see ${plan.logFile}.`);
      await pauseUnless(() => state.stopping, pause);
      if (state.stopping) break;
    }
    state.restarting = false;
    state.run = launch(plan, log);
    events.onChange();
  }
  log.end();
}

async function pauseUnless(stopped: () => boolean, ms: number): Promise<void> {
  const until = Date.now() + ms;
  while (!stopped() && Date.now() < until) await sleep(Math.min(50, ms));
}

function signal(run: Run, name: 'SIGTERM' | 'SIGKILL'): void {
  if (isGone(run.child)) return;
  if (name === 'SIGKILL') killGroup(run.child.pid);
  run.child.kill(name);
}

/** The whole group, so that nothing a child started is left behind. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isGone(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** A program that ended badly, with what it last said. */
export class ProgramFailure extends Error {
  constructor(what, code, output) {
    super(`${what} failed${code === null ? '' : ` (exit ${code})`}.`);
    this.output = output;
  }
}

const running = new Set();

// Ctrl-C reaches the whole process group by itself; a plain `kill` of this process does not.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    if (running.size === 0 && process.listenerCount(signal) > 0) return;
    for (const child of running) child.kill('SIGTERM');
    process.exit(128 + constants.signals[signal]);
  });
}

/**
 * Runs a program to its end without input. Its output is kept for the error, or passed through with `show`.
 * @returns {Promise<string>} everything it wrote
 */
export function runProgram(what, command, args, { cwd, env = {}, show = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    running.add(child);
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => {
      running.delete(child);
      reject(new ProgramFailure(`${what}: ${error.message}`, null, output));
    });
    child.once('close', (code) => {
      running.delete(child);
      if (code === 0) resolve(output);
      else reject(new ProgramFailure(what, code, output));
    });
  });
}

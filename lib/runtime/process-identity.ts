import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a living process began, in the system's own notation, or undefined when there is no such process.
 * Process ids are given again; id and beginning together are not.
 */
export function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      const listing = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return listing.trim() || undefined;
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not noticed yet. Field 22 of the line is the start.
    return state === 'Z' ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

/** A process as it can be written down and recognised later. */
export interface ProcessMark {
  pid: number;
  start: string;
}

export function markOf(pid: number): ProcessMark {
  return { pid, start: startOf(pid) ?? '' };
}

export function isStillAlive(mark: ProcessMark): boolean {
  return mark.start !== '' && startOf(mark.pid) === mark.start;
}

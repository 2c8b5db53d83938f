import type { BarGate } from './bar-gate';
import type { BarRow } from './bar-row';
import { JsonElements } from './json-elements';
import type { LocalTime } from './local-time';
import { TimeReader } from './read-time';
import type { UploadReport } from './upload-report';

const FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
const KNOWN: ReadonlySet<string> = new Set(FIELDS);
/** Reads `{"bars": [{…}, …]}` bar by bar. A bar that isn't one is reported by its place in the list, from 1. */
export class JsonReader {
  readonly #gate: BarGate;
  readonly #report: UploadReport;
  readonly #toInstant: LocalTime;
  readonly #times = new TimeReader();
  readonly #row: BarRow = { line: 0, time: 0, open: 0, high: 0, low: 0, close: 0, volume: 0 };
  readonly #elements = new JsonElements((value, place) => this.#admit(value, place));

  constructor(gate: BarGate, report: UploadReport, toInstant: LocalTime) {
    this.#gate = gate;
    this.#report = report;
    this.#toInstant = toInstant;
  }

  /** @throws malformed when it isn't JSON, invalid when it is another document */
  push(chunk: Uint8Array): void {
    this.#elements.push(chunk);
  }

  /** @throws malformed or invalid, as `push` */
  end(): void {
    this.#elements.end();
  }

  #admit(value: unknown, line: number): void {
    const row = this.#row;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      const shown = JSON.stringify(value).slice(0, 40);
      const message = `A bar is an object such as {"time": …, "open": …}; this is ${shown}.`;
      this.#report.reject(line, 'not_an_object', message);
      return;
    }
    const bar = value as Record<string, unknown>;
    for (const name of Object.keys(bar)) {
      if (KNOWN.has(name)) continue;
      const message = `There is no field "${name.slice(0, 40)}" in a bar.`;
      this.#report.reject(line, 'unknown_field', message);
      return;
    }
    row.line = line;
    for (const name of FIELDS) {
      const value = name === 'volume' ? (bar[name] ?? 0) : bar[name];
      if (value === undefined || value === null) {
        this.#report.reject(line, 'missing_field', `"${name}" is missing.`);
        return;
      }
      row[name] = name === 'time' ? this.#time(value) : (value as number);
      if (typeof row[name] === 'number' && Number.isFinite(row[name])) continue;
      const shown = JSON.stringify(value).slice(0, 40);
      const code = name === 'time' ? 'bad_time' : 'bad_number';
      this.#report.reject(
        line,
        code,
        `${name}: ${shown} is not a ${name === 'time' ? 'time' : 'number'}.`,
      );
      return;
    }
    this.#gate.admit(row);
  }

  #time(value: unknown): number {
    if (typeof value !== 'string' && typeof value !== 'number') return Number.NaN;
    const bytes = Buffer.from(String(value));
    const time = this.#times.read(bytes, 0, bytes.length);
    return this.#times.local && !Number.isNaN(time) ? this.#toInstant(time) : time;
  }
}

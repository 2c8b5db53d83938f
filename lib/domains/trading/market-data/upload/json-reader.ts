import { DomainError, invalidField } from '@/lib/kernel/errors';
import type { BarGate } from './bar-gate';
import type { BarRow } from './bar-row';
import type { LocalTime } from './local-time';
import { TimeReader } from './read-time';
import type { UploadReport } from './upload-report';

const FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
const KNOWN: ReadonlySet<string> = new Set(FIELDS);
const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE] = [34, 92, 123, 125];
const LONGEST_BAR = 65_536;
const EMPTY = Buffer.alloc(0);
/** Put into the frame where a comma is missing or too many, so that it can't be read as JSON. */
const BREAKS_JSON = '?';

/**
 * Reads `{"bars": [{…}, …]}` bar by bar, so that a body of any length takes little memory: braces are
 * counted outside strings, and what lies between those of one bar is parsed by itself. The rest of the
 * document, with every bar cut out, must be exactly `{"bars":[,,…]}`.
 */
export class JsonReader {
  readonly #gate: BarGate;
  readonly #report: UploadReport;
  readonly #toInstant: LocalTime;
  readonly #times = new TimeReader();
  readonly #row: BarRow = { line: 0, time: 0, open: 0, high: 0, low: 0, close: 0, volume: 0 };
  #depth = 0;
  #inString = false;
  #escaped = false;
  #carried: Buffer = EMPTY;
  /** What stands outside bars, `{"bars":[` and `]}`. */
  #frame = '';
  #afterBar = false;
  #count = 0;

  constructor(gate: BarGate, report: UploadReport, toInstant: LocalTime) {
    this.#gate = gate;
    this.#report = report;
    this.#toInstant = toInstant;
  }

  /** @throws malformed when it isn't JSON, invalid when it is another document */
  push(chunk: Uint8Array): void {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = this.#depth >= 2 ? 0 : -1;
    for (let at = 0; at < fresh.length; at++) {
      const byte = fresh[at] as number;
      if (this.#inString) this.#stepInString(byte);
      else if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_BRACE && ++this.#depth === 2) start = this.#begin(at);
      else if (byte === CLOSE_BRACE && this.#depth-- === 2) {
        this.#readBar(Buffer.concat([this.#carried, fresh.subarray(start, at + 1)]));
        this.#carried = EMPTY;
        start = -1;
        continue;
      }
      if (this.#depth < 2) this.#addToFrame(byte);
    }
    if (start >= 0) this.#carry(fresh.subarray(start));
  }

  /** @throws malformed or invalid, as `push` */
  end(): void {
    if (this.#frame === '') throw invalidField('body', 'empty_body', 'The body is empty.');
    if (this.#count > 0 && !this.#afterBar) this.#frame += BREAKS_JSON;
    if (this.#depth > 0 || this.#outline() !== '{"bars":[]}') this.#refuseFrame();
    if (this.#count === 0) throw invalidField('bars', 'no_rows', 'The list of bars is empty.');
  }

  #outline(): string {
    return this.#frame.replaceAll(/\s/g, '');
  }

  /** A bar begins at `at`, which must be in the list and after a comma unless it is the first. */
  #begin(at: number): number {
    if (this.#count > 0) {
      if (this.#afterBar) this.#frame += BREAKS_JSON;
    } else if (this.#outline() !== '{"bars":[') {
      throw invalidField('body', 'invalid_body', 'The body must be {"bars": [{…}, …]}.');
    }
    return at;
  }

  #stepInString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  /** Commas between bars are checked here and not kept, so the frame stays short. */
  #addToFrame(byte: number): void {
    if (this.#count > 0 && !this.#inString) {
      const blank = byte === 32 || (byte >= 9 && byte <= 13);
      if (blank) return;
      if (byte === 44 && this.#afterBar && this.#frame.trimEnd().endsWith('[')) {
        this.#afterBar = false;
        return;
      }
    }
    this.#frame += String.fromCharCode(byte);
    if (this.#frame.length > 1_000) this.#refuseFrame();
  }

  #refuseFrame(): never {
    let parsed: unknown;
    try {
      parsed = JSON.parse(this.#frame);
    } catch (cause) {
      const detail = 'The body is not readable JSON. Send {"bars": [{"time": …, "open": …}]}.';
      throw new DomainError('malformed', 'malformed_json', detail, { cause });
    }
    const plain = parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed);
    const names = plain ? Object.keys(parsed as object) : [];
    const other = names.find((name) => name !== 'bars');
    if (other !== undefined) {
      throw invalidField(other, 'unknown_field', `There is no field "${other.slice(0, 40)}" here.`);
    }
    throw invalidField('bars', 'invalid_type', '"bars" must be a list of objects.');
  }

  #carry(bytes: Buffer): void {
    this.#carried = Buffer.concat([this.#carried, bytes]);
    if (this.#carried.length <= LONGEST_BAR) return;
    const path = `bars[${this.#count}]`;
    throw invalidField(path, 'too_big', 'A bar of this size can’t be right: over 64 kB.');
  }

  #readBar(bytes: Buffer): void {
    this.#count++;
    this.#afterBar = true;
    let bar: Record<string, unknown>;
    try {
      bar = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
    } catch (cause) {
      const detail = `Bar ${this.#count} is not readable JSON.`;
      throw new DomainError('malformed', 'malformed_json', detail, { cause });
    }
    this.#admit(bar);
  }

  #admit(bar: Record<string, unknown>): void {
    const line = this.#count;
    const row = this.#row;
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

import type { PriceColumn } from '../bar-columns';
import { invalidField } from '@/lib/kernel/errors';
import type { BarGate } from './bar-gate';
import type { BarRow } from './bar-row';
import { type CsvColumns, findSeparator, readHeader } from './csv-columns';
import { FieldCutter } from './field-cutter';
import type { LocalTime } from './local-time';
import { readNumber } from './read-number';
import { TimeReader } from './read-time';
import { type CsvRecord, LONGEST_RECORD, RecordSplitter } from './record-splitter';
import type { UploadReport } from './upload-report';

const PRICES = ['open', 'high', 'low', 'close'] as const;

/** Reads CSV bytes as they come and hands each row to the gate. Memory doesn't grow with the file. */
export class CsvReader {
  readonly #gate: BarGate;
  readonly #report: UploadReport;
  readonly #toInstant: LocalTime;
  readonly #times = new TimeReader();
  readonly #splitter = new RecordSplitter((record) => this.#read(record));
  readonly #row: BarRow = { line: 0, time: 0, open: 0, high: 0, low: 0, close: 0, volume: 0 };
  #cutter: FieldCutter | null = null;
  #columns: CsvColumns | null = null;
  #begun = false;

  constructor(gate: BarGate, report: UploadReport, toInstant: LocalTime) {
    this.#gate = gate;
    this.#report = report;
    this.#toInstant = toInstant;
  }

  /** @throws invalid when the file isn't text in UTF-8 or its first line doesn't name the columns */
  push(chunk: Uint8Array): void {
    if (!this.#begun) {
      this.#begun = true;
      refuseUtf16(chunk);
    }
    this.#splitter.push(chunk);
  }

  /** @throws invalid when there was no row at all */
  end(): void {
    this.#splitter.end();
    if (!this.#columns) throw invalidField('body', 'empty_file', 'The file is empty.');
    if (this.#report.accepted + this.#report.rejectedCount === 0) {
      throw invalidField('body', 'no_rows', 'The file has a header but no rows.');
    }
  }

  #read(record: CsvRecord): void {
    if (isBlankRecord(record)) return;
    const columns = this.#columns;
    if (!columns || !this.#cutter) {
      this.#readFirst(record);
      return;
    }
    if (record.end - record.start > LONGEST_RECORD) {
      this.#report.reject(record.line, 'row_too_long', 'The row is longer than 64 kB.');
      return;
    }
    this.#cutter.cut(record);
    this.#readRow(this.#cutter, columns, record.line);
  }

  #readFirst(record: CsvRecord): void {
    let { start } = record;
    const { bytes, end } = record;
    const marked = bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
    if (marked) start += 3;
    if (end - start > LONGEST_RECORD / 4 || bytes.subarray(start, end).includes(0)) {
      throw invalidField('body', 'not_csv', 'This is not a CSV file: its first line is no header.');
    }
    const cutter = new FieldCutter(findSeparator(bytes.toString('utf8', start, end)));
    cutter.cut({ ...record, start });
    const count = Math.min(cutter.count, 257);
    this.#columns = readHeader(Array.from({ length: count }, (_, index) => cutter.text(index)));
    this.#cutter = cutter;
  }

  #readRow(cutter: FieldCutter, columns: CsvColumns, line: number): void {
    const report = this.#report;
    if (!cutter.wellFormed) {
      report.reject(
        line,
        'bad_quotes',
        'A quotation mark stands where none may, or is not closed.',
      );
      return;
    }
    if (cutter.count !== columns.count) {
      const fields = cutter.count === 1 ? '1 field' : `${cutter.count} fields`;
      const message = `The row has ${fields}, the header ${columns.count}.`;
      report.reject(line, 'wrong_field_count', message);
      return;
    }
    const row = this.#row;
    row.line = line;
    row.time = this.#time(cutter, columns);
    if (Number.isNaN(row.time)) {
      const text = quote(cutter, columns.time);
      const message = `${text} is not a time. Use 2020-01-31T09:30:00Z, or epoch seconds or milliseconds.`;
      report.reject(line, 'bad_time', message);
      return;
    }
    for (const name of PRICES) {
      row[name] = number(cutter, columns[name]);
      if (Number.isFinite(row[name])) continue;
      this.#refuseNumber(cutter, columns, name, line);
      return;
    }
    row.volume = isEmpty(cutter, columns.volume) ? 0 : number(cutter, columns.volume);
    if (Number.isFinite(row.volume)) this.#gate.admit(row);
    else this.#refuseNumber(cutter, columns, 'volume', line);
  }

  #refuseNumber(cutter: FieldCutter, columns: CsvColumns, name: PriceColumn, line: number): void {
    const message = `${name}: ${quote(cutter, columns[name])} is not a number.`;
    this.#report.reject(line, 'bad_number', message);
  }

  #time(cutter: FieldCutter, columns: CsvColumns): number {
    const { bytes, starts, ends } = cutter;
    const [start, end] = [starts[columns.time] as number, ends[columns.time] as number];
    const times = this.#times;
    let time: number;
    if (columns.clock >= 0) {
      const clock: [number, number] = [
        starts[columns.clock] as number,
        ends[columns.clock] as number,
      ];
      time = times.readSplit(bytes, [start, end], clock);
    } else {
      time = times.read(bytes, start, end);
    }
    return times.local && !Number.isNaN(time) ? this.#toInstant(time) : time;
  }
}

function number(cutter: FieldCutter, index: number): number {
  return readNumber(cutter.bytes, cutter.starts[index] as number, cutter.ends[index] as number);
}

function isEmpty(cutter: FieldCutter, index: number): boolean {
  return index < 0 || cutter.starts[index] === cutter.ends[index];
}

function isBlankRecord({ bytes, start, end }: CsvRecord): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 32 && bytes[at] !== 9) return false;
  return true;
}

/** A field as it stands in the file, shortened, for messages. */
function quote(cutter: FieldCutter, index: number): string {
  const text = cutter.text(index);
  if (text === '') return 'An empty field';
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

function refuseUtf16(chunk: Uint8Array): void {
  const mark = ((chunk[0] ?? 0) << 8) | (chunk[1] ?? 0);
  if (mark !== 0xfffe && mark !== 0xfeff) return;
  const message = 'The file is in UTF-16. Save it as CSV in UTF-8 and upload it again.';
  throw invalidField('body', 'wrong_encoding', message);
}

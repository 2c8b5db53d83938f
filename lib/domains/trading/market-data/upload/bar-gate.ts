import type { Clock } from '@/lib/kernel/clock';
import { CHUNK_PERIODS, periodOf, slotOf, type Timeframe, timeframeMs } from '../timeframe';
import type { BarRow } from './bar-row';
import type { RowStore } from './row-store';
import type { UploadReport } from './upload-report';

const EARLIEST = Date.UTC(1900, 0, 1);
const DAY = 86_400_000;

/**
 * Checks rows one by one and keeps the good ones. Which periods were seen is a bit each, so that a
 * duplicate is found at its line, however far apart the two rows stand and in whatever order they come.
 */
export class BarGate {
  readonly #timeframe: Timeframe;
  readonly #report: UploadReport;
  readonly #store: RowStore;
  readonly #latest: number;
  readonly #seen = new Map<number, Uint8Array>();
  #slot = Number.NaN;
  #bits: Uint8Array = new Uint8Array(0);

  constructor(timeframe: Timeframe, clock: Clock, report: UploadReport, store: RowStore) {
    this.#timeframe = timeframe;
    this.#report = report;
    this.#store = store;
    // A day ahead at most: the date line, and bars stamped with their end.
    this.#latest = clock.now().getTime() + Math.max(DAY, timeframeMs(timeframe));
  }

  /** Takes a row or reports its first fault. */
  admit(row: BarRow): void {
    if (!this.#pricesHold(row) || !this.#timeHolds(row)) return;
    this.#report.accepted++;
    this.#store.add(row);
  }

  #timeHolds(row: BarRow): boolean {
    const { line, time } = row;
    const report = this.#report;
    if (time < EARLIEST) {
      report.reject(line, 'time_out_of_range', 'The time lies before 1900.');
      return false;
    }
    if (time > this.#latest) {
      report.reject(line, 'time_in_future', `The time ${describe(time)} lies in the future.`);
      return false;
    }
    if (this.#isNew(time)) return true;
    const message = `An earlier row already gave the ${this.#timeframe} bar of ${describe(time)}.`;
    report.reject(line, 'duplicate_time', message);
    return false;
  }

  #isNew(time: number): boolean {
    const slot = slotOf(time, this.#timeframe);
    if (slot !== this.#slot) {
      let bits = this.#seen.get(slot);
      if (!bits) {
        bits = new Uint8Array(CHUNK_PERIODS / 8);
        this.#seen.set(slot, bits);
      }
      this.#slot = slot;
      this.#bits = bits;
    }
    const position = periodOf(time, this.#timeframe) - slot * CHUNK_PERIODS;
    const byte = this.#bits[position >> 3] as number;
    const mask = 1 << (position & 7);
    if (byte & mask) return false;
    this.#bits[position >> 3] = byte | mask;
    return true;
  }

  #pricesHold(row: BarRow): boolean {
    const { line, open, high, low, close, volume } = row;
    if (low > 0 && high >= low && open >= low && open <= high && close >= low && close <= high) {
      if (volume >= 0) return true;
      this.#report.reject(line, 'negative_volume', `The volume (${volume}) is below zero.`);
      return false;
    }
    const report = this.#report;
    for (const name of ['open', 'high', 'low', 'close'] as const) {
      if (row[name] > 0) continue;
      report.reject(line, 'not_positive', `${name} (${row[name]}) must be above zero.`);
      return false;
    }
    if (high < low) {
      report.reject(line, 'high_below_low', `high (${high}) is below low (${low}).`);
    } else if (open < low || open > high) {
      const message = `open (${open}) lies outside low (${low}) to high (${high}).`;
      report.reject(line, 'open_outside_range', message);
    } else {
      const message = `close (${close}) lies outside low (${low}) to high (${high}).`;
      report.reject(line, 'close_outside_range', message);
    }
    return false;
  }
}

function describe(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}

import { daysFromCivil } from './civil-date';

const DAY = 86_400_000;
const [ZERO, NINE, COLON, DOT] = [48, 57, 58, 46];

/** What a stamp says: an instant, or a wall-clock time without a zone. */
export type Stamp = { ms: number; local: boolean };

/** Reads time stamps without making strings or objects; one reader serves one upload. */
export class TimeReader {
  /** Whether the last stamp read lacked a zone. */
  local = false;
  #at = 0;

  /**
   * ISO 8601 (also with `.` or `/` between the parts of the date, or without separators), epoch seconds or
   * milliseconds. @returns epoch milliseconds, or wall-clock milliseconds when `local` is set; NaN when unreadable
   */
  read(bytes: Buffer, start: number, end: number): number {
    const digits = countDigits(bytes, start, end);
    if (start + digits === end && digits !== 8) return this.#epoch(bytes, start, end, digits);
    const days = this.#date(bytes, start, end, digits);
    if (Number.isNaN(days)) return this.#epochWithFraction(bytes, start, end, digits);
    this.local = true;
    let at = this.#at;
    if (at === end) return days * DAY;
    const separator = bytes[at];
    if (separator !== 84 && separator !== 116 && separator !== 32) return Number.NaN;
    at++;
    const time = this.#clock(bytes, at, end);
    const zone = this.#zone(bytes, this.#at, end);
    return days * DAY + time - zone;
  }

  /** A date column and a time column, as MetaTrader writes them. */
  readSplit(bytes: Buffer, date: [number, number], time: [number, number]): number {
    const days = this.#date(bytes, date[0], date[1], countDigits(bytes, date[0], date[1]));
    if (this.#at !== date[1]) return Number.NaN;
    this.local = true;
    if (time[0] === time[1]) return days * DAY;
    const clock = this.#clock(bytes, time[0], time[1]);
    return days * DAY + clock - this.#zone(bytes, this.#at, time[1]);
  }

  #epoch(bytes: Buffer, start: number, end: number, digits: number): number {
    if (digits < 9 || digits > 14) return Number.NaN;
    this.local = false;
    const value = integer(bytes, start, end);
    // Ten digits of seconds last until the year 2286; milliseconds have had twelve since 1973.
    return digits >= 12 ? value : value * 1000;
  }

  /** `1577836800.5`: seconds with a fraction. */
  #epochWithFraction(bytes: Buffer, start: number, end: number, digits: number): number {
    if (digits < 9 || digits > 10 || bytes[start + digits] !== DOT) return Number.NaN;
    const seconds = Number(bytes.toString('latin1', start, end));
    this.local = false;
    return Math.round(seconds * 1000);
  }

  /** Days since 1970; leaves the position after the date in `#at`. */
  #date(bytes: Buffer, start: number, end: number, digits: number): number {
    if (digits === 8) {
      this.#at = start + 8;
      return civil(bytes, start, start + 4, start + 6, start + 8);
    }
    const separator = bytes[start + 4];
    const plausible = separator === 45 || separator === DOT || separator === 47;
    if (digits !== 4 || end - start < 10 || !plausible || bytes[start + 7] !== separator) {
      return Number.NaN;
    }
    this.#at = start + 10;
    const month = integer(bytes, start + 5, start + 7);
    const day = integer(bytes, start + 8, start + 10);
    return daysFromCivil(integer(bytes, start, start + 4), month, day);
  }

  /** `HH:MM`, `HH:MM:SS`, `HH:MM:SS.fff`, `HHMMSS`, in milliseconds; leaves the end in `#at`. */
  #clock(bytes: Buffer, start: number, end: number): number {
    const compact = bytes[start + 2] !== COLON;
    const step = compact ? 2 : 3;
    if (end - start < 2 + step) return Number.NaN;
    const hour = integer(bytes, start, start + 2);
    const minute = integer(bytes, start + step, start + step + 2);
    let at = start + step + 2;
    let seconds = 0;
    const more = compact ? isDigit(bytes[at]) : bytes[at] === COLON;
    if (at < end && more) {
      if (!compact) at++;
      if (at + 2 > end) return Number.NaN;
      seconds = integer(bytes, at, at + 2);
      at += 2;
    }
    let fraction = 0;
    if (at < end && bytes[at] === DOT) {
      const from = at;
      at++;
      while (at < end && isDigit(bytes[at])) at++;
      fraction = Math.round(Number(`0${bytes.toString('latin1', from, at)}`) * 1000);
    }
    this.#at = at;
    if (hour > 23 || minute > 59 || seconds > 59) return Number.NaN;
    return (hour * 60 + minute) * 60_000 + seconds * 1000 + fraction;
  }

  /** `Z`, `+02:00`, `+0200`, ` UTC` or nothing, in milliseconds ahead of UTC; anything else is NaN. */
  #zone(bytes: Buffer, start: number, end: number): number {
    if (start === end) return 0;
    const rest = bytes.toString('latin1', start, end).trim().toUpperCase();
    this.local = false;
    if (rest === 'Z' || rest === 'UTC' || rest === 'GMT') return 0;
    const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(rest);
    if (!match) return Number.NaN;
    const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
    return (match[1] === '-' ? -minutes : minutes) * 60_000;
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function countDigits(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && isDigit(bytes[at])) at++;
  return at - start;
}

/** NaN when anything but a digit stands in between. */
function integer(bytes: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function civil(bytes: Buffer, start: number, month: number, day: number, end: number): number {
  const year = integer(bytes, start, month);
  return daysFromCivil(year, integer(bytes, month, day), integer(bytes, day, end));
}

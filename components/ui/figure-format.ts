/** How figures are written. Pure: a locale and, for times, a zone come from the caller. */

export interface FigureLocale {
  locale: string;
  timeZone: string;
}

export const SERVER_LOCALE: FigureLocale = { locale: 'en-US', timeZone: 'UTC' };

/** The first of a browser's languages that can be formatted in; some name what isn't one, as "en-US@posix". */
export function readableLocale(languages: readonly string[]): string {
  const readable = (language: string) => {
    try {
      return Intl.NumberFormat.supportedLocalesOf(language).length > 0;
    } catch {
      return false;
    }
  };
  return languages.find(readable) ?? SERVER_LOCALE.locale;
}

/** A true minus sign, as wide as the plus. */
const withMinus = (text: string) => text.replace(/^-/, '−').replace(/^([^\d]*)-/, '$1−');

function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  );
}

/** Minor units (4900, "usd") → "$49.00". `whole` drops ".00" where nothing is lost; `short` is "$49K" from 10,000. */
export function formatMoney(
  amount: number,
  currency: string,
  { locale = SERVER_LOCALE.locale, whole = false, signed = false, short = false } = {},
): string {
  const code = currency.toUpperCase();
  const digits = minorDigits(code);
  const value = amount / 10 ** digits;
  const compact = short && Math.abs(value) >= 10_000;
  const shown = compact || ((whole || short) && Number.isInteger(value)) ? 0 : digits;
  return withMinus(
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: code,
      notation: compact ? 'compact' : 'standard',
      minimumFractionDigits: shown,
      maximumFractionDigits: compact ? 1 : shown,
      signDisplay: signed ? 'exceptZero' : 'auto',
    }).format(value),
  );
}

/** 1234567 → "1.2M" when `short` and at least 10,000; else "1,234,567", with all digits when `fixed`. */
export function formatQuantity(
  value: number,
  { locale = SERVER_LOCALE.locale, short = false, digits = 2, fixed = false } = {},
): string {
  const compact = short && Math.abs(value) >= 10_000;
  return withMinus(
    new Intl.NumberFormat(locale, {
      notation: compact ? 'compact' : 'standard',
      minimumFractionDigits: fixed && !compact ? digits : 0,
      maximumFractionDigits: compact ? 1 : digits,
    }).format(value),
  );
}

/** From here on a percentage is written short, 1.2M%: its digits tell nothing any more. */
const VAST_PERCENT = 1_000_000;

/** 12.345 (percent, not a fraction) → "12.35%"; in the millions short, "1.20M%". */
export function formatPercent(
  percent: number,
  { locale = SERVER_LOCALE.locale, digits = 2, signed = false } = {},
): string {
  const vast = Math.abs(percent) >= VAST_PERCENT;
  return withMinus(
    new Intl.NumberFormat(locale, {
      style: 'percent',
      notation: vast ? 'compact' : 'standard',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: signed ? 'exceptZero' : 'auto',
    }).format(percent / 100),
  );
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in decimal units: 1,500,000 → "1.5 MB". */
export function formatBytes(bytes: number, { locale = SERVER_LOCALE.locale } = {}): string {
  const power = bytes <= 0 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), BYTE_UNITS.length - 1);
  const value = bytes / 1000 ** power;
  const digits = power === 0 ? 0 : value < 10 ? 2 : value < 100 ? 1 : 0;
  const text = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return `${text} ${BYTE_UNITS[power] ?? 'B'}`;
}

/** Seconds → its two largest parts: 93,784 → "1 d 2 h". */
export function formatDuration(seconds: number): string {
  const parts: [number, string][] = [
    [31_557_600, 'y'],
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  let rest = Math.max(0, Math.round(seconds));
  const words: string[] = [];
  for (const [size, unit] of parts) {
    const count = Math.floor(rest / size);
    if (count > 0) words.push(`${count} ${unit}`);
    rest -= count * size;
    if (words.length === 2 || (words.length === 1 && count === 0)) break;
  }
  return words.join(' ') || '0 s';
}

export type TimeStyle = 'date' | 'minute' | 'second' | 'day-minute';

const timeStyles: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  'day-minute': { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  minute: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  second: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  },
};

/** An instant in the reader's zone. */
export function formatTime(
  at: Date,
  style: TimeStyle,
  { locale, timeZone }: FigureLocale = SERVER_LOCALE,
): string {
  return new Intl.DateTimeFormat(locale, {
    ...timeStyles[style],
    timeZone,
    hourCycle: 'h23',
  }).format(at);
}

/** "2026-11-23 21:06:25 UTC", for hovering and exports. */
export function formatUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** "in 3 days", "2 hours ago"; both instants given, so that it can be tested. */
export function formatRelative(at: Date, now: Date, locale = SERVER_LOCALE.locale): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  return step ? format.format(Math.round(seconds / step[1]), step[0]) : format.format(0, 'minute');
}

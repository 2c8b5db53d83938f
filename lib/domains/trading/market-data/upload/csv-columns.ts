import type { PriceColumn } from '../bar-columns';
import { DomainError, type FieldError, invalidField } from '@/lib/kernel/errors';

/** Which field of a record holds what; -1 where the file has no such column. */
export type CsvColumns = {
  /** Number of fields a record must have. */
  count: number;
  time: number;
  /** A second column with the time of day, as MetaTrader writes it. */
  clock: number;
} & Record<PriceColumn, number>;

/** Names that files give the columns, most telling first; compared without case, brackets and blanks. */
const ALIASES: Record<'time' | PriceColumn, readonly string[]> = {
  time: ['time', 'datetime', 'timestamp', 'opentime', 'dateandtime', 'date', 'day', 'ts', 't'],
  open: ['open', 'openprice', 'o'],
  high: ['high', 'highprice', 'max', 'h'],
  low: ['low', 'lowprice', 'min', 'l'],
  close: ['close', 'closeprice', 'last', 'price', 'c'],
  // MetaTrader's real volume is zero for most of its markets: its tick volume goes first.
  volume: ['volume', 'tickvolume', 'tickvol', 'vol', 'basevolume', 'v'],
};

const SEPARATORS = [',', ';', '\t'] as const;

/** The separator that the first line holds most of, as a byte. */
export function findSeparator(header: string): number {
  const counts = SEPARATORS.map((separator) => header.split(separator).length);
  const best = counts.indexOf(Math.max(...counts));
  return SEPARATORS[best]?.charCodeAt(0) ?? 44;
}

/**
 * Finds the columns by the names in the first line.
 * @throws invalid, naming every column that is missing or there twice
 */
export function readHeader(names: readonly string[]): CsvColumns {
  const plain = names.map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
  if (names.some((name) => /^[\d.+-]+$/.test(name))) {
    const message =
      'The first line must name the columns: time,open,high,low,close,volume. It holds figures.';
    throw invalidField('header', 'header_missing', message);
  }
  const split = plain.includes('date') && plain.includes('time');
  const find = (column: 'time' | PriceColumn) => {
    const alias = ALIASES[column].find((name) => plain.includes(name));
    return alias === undefined ? -1 : plain.indexOf(alias);
  };
  const columns: CsvColumns = {
    count: names.length,
    time: split ? plain.indexOf('date') : find('time'),
    clock: split ? plain.indexOf('time') : -1,
    open: find('open'),
    high: find('high'),
    low: find('low'),
    close: find('close'),
    volume: find('volume'),
  };
  refuseFaults(columns, names, plain);
  return columns;
}

function refuseFaults(columns: CsvColumns, names: readonly string[], plain: string[]): void {
  const errors: FieldError[] = [];
  for (const column of ['time', 'open', 'high', 'low', 'close'] as const) {
    if (columns[column] >= 0) continue;
    const message = `The column "${column}" is missing. Found: ${listed(names)}.`;
    errors.push({ path: `header.${column}`, code: 'missing_column', message });
  }
  for (const column of ['time', 'open', 'high', 'low', 'close', 'volume'] as const) {
    const at = columns[column];
    if (at < 0 || plain.indexOf(plain[at] ?? '', at + 1) < 0) continue;
    const message = `The column "${names[at]}" is there twice.`;
    errors.push({ path: `header.${column}`, code: 'duplicate_column', message });
  }
  if (names.length > 256) {
    const message = 'The file has more than 256 columns.';
    errors.push({ path: 'header', code: 'too_many_columns', message });
  }
  const [first] = errors;
  if (!first) return;
  const detail = errors.length === 1 ? first.message : summary(errors, names);
  throw new DomainError('invalid', 'wrong_columns', detail, { errors });
}

function summary(errors: FieldError[], names: readonly string[]): string {
  const missing = errors
    .filter((error) => error.code === 'missing_column')
    .map((error) => error.path.replace('header.', ''));
  if (missing.length < 2) return errors.map((error) => error.message).join(' ');
  return `The columns ${missing.join(', ')} are missing. Found: ${listed(names)}.`;
}

/** What the first line holds, shortened: it may be anything at all. */
function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, 12)
    .map((name) => (name.length > 24 ? `${name.slice(0, 24)}…` : name));
  return `${shown.join(', ')}${names.length > 12 ? ', …' : ''}`;
}

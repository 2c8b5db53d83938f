import type { ArithmeticOperator, ComparisonOperator } from './expression';

/**
 * A column or a constant, read alike as `data[i & mask]`: the mask is −1 (every bit) for a column and 0 for a
 * constant, so that one loop serves both without copying the constant a million times.
 */
export interface Operand {
  readonly data: Float64Array;
  readonly mask: number;
}

export function columnOperand(data: Float64Array): Operand {
  return { data, mask: -1 };
}

export function constantOperand(value: number): Operand {
  return { data: Float64Array.of(value), mask: 0 };
}

/** Division by zero gives NaN (undefined), never infinity. */
export function calculateColumn(
  operator: ArithmeticOperator,
  { data: left, mask: leftMask }: Operand,
  { data: right, mask: rightMask }: Operand,
  out: Float64Array,
): void {
  const length = out.length;
  switch (operator) {
    case '+':
      for (let i = 0; i < length; i++) out[i] = left[i & leftMask]! + right[i & rightMask]!;
      return;
    case '-':
      for (let i = 0; i < length; i++) out[i] = left[i & leftMask]! - right[i & rightMask]!;
      return;
    case '*':
      for (let i = 0; i < length; i++) out[i] = left[i & leftMask]! * right[i & rightMask]!;
      return;
    case '/':
      for (let i = 0; i < length; i++) {
        const divisor = right[i & rightMask]!;
        out[i] = divisor === 0 ? Number.NaN : left[i & leftMask]! / divisor;
      }
  }
}

/** The column as it was `bars` bars ago; undefined before. */
export function shiftColumn({ data, mask }: Operand, bars: number, out: Float64Array): void {
  const length = out.length;
  out.fill(Number.NaN, 0, Math.min(bars, length));
  for (let i = bars; i < length; i++) out[i] = data[(i - bars) & mask]!;
}

/** A comparison with an undefined value is false. */
export function compareColumn(
  operator: ComparisonOperator,
  { data: left, mask: leftMask }: Operand,
  { data: right, mask: rightMask }: Operand,
  out: Uint8Array,
): void {
  const length = out.length;
  switch (operator) {
    case '>':
      for (let i = 0; i < length; i++) out[i] = left[i & leftMask]! > right[i & rightMask]! ? 1 : 0;
      return;
    case '<':
      for (let i = 0; i < length; i++) out[i] = left[i & leftMask]! < right[i & rightMask]! ? 1 : 0;
      return;
    case '>=':
      for (let i = 0; i < length; i++)
        out[i] = left[i & leftMask]! >= right[i & rightMask]! ? 1 : 0;
      return;
    case '<=':
      for (let i = 0; i < length; i++)
        out[i] = left[i & leftMask]! <= right[i & rightMask]! ? 1 : 0;
      return;
    case '==':
      for (let i = 0; i < length; i++)
        out[i] = left[i & leftMask]! === right[i & rightMask]! ? 1 : 0;
  }
}

/**
 * Above: left was at or below right on the bar before and is above it now. Below: the mirror image.
 * Both bars have to be defined.
 */
export function crossColumns(
  { data: left, mask: leftMask }: Operand,
  { data: right, mask: rightMask }: Operand,
  above: Uint8Array,
  below: Uint8Array,
): void {
  const length = above.length;
  let wasAtOrBelow = 0;
  let wasAtOrAbove = 0;
  for (let i = 0; i < length; i++) {
    const x = left[i & leftMask]!;
    const y = right[i & rightMask]!;
    above[i] = wasAtOrBelow & (x > y ? 1 : 0);
    below[i] = wasAtOrAbove & (x < y ? 1 : 0);
    wasAtOrBelow = x <= y ? 1 : 0;
    wasAtOrAbove = x >= y ? 1 : 0;
  }
}

/** Both ends belong to the range. */
export function betweenColumn(value: Operand, low: Operand, high: Operand, out: Uint8Array): void {
  for (let i = 0; i < out.length; i++) {
    const x = value.data[i & value.mask]!;
    out[i] = x >= low.data[i & low.mask]! && x <= high.data[i & high.mask]! ? 1 : 0;
  }
}

export function combineFlags(
  operator: 'and' | 'or',
  operands: readonly Uint8Array[],
  out: Uint8Array,
): void {
  operands.forEach((flags, index) => {
    if (index === 0) out.set(flags);
    else if (operator === 'and') for (let i = 0; i < out.length; i++) out[i]! &= flags[i]!;
    else for (let i = 0; i < out.length; i++) out[i]! |= flags[i]!;
  });
}

export function negateFlags(flags: Uint8Array, out: Uint8Array): void {
  for (let i = 0; i < out.length; i++) out[i] = flags[i]! ^ 1;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Minutes after midnight UTC, from inclusive, to exclusive; from > to spans midnight. */
export function timeFlags(time: Float64Array, from: number, to: number, out: Uint8Array): void {
  const span = (to - from + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  for (let i = 0; i < out.length; i++) {
    const minute = Math.floor(time[i]! / MINUTE_MS) % DAY_MINUTES;
    const sinceFrom = (minute - from + 2 * DAY_MINUTES) % DAY_MINUTES;
    out[i] = sinceFrom < span ? 1 : 0;
  }
}

/** Days of the week UTC, 0 is Sunday; 1 January 1970 was a Thursday. */
export function weekdayFlags(time: Float64Array, days: readonly number[], out: Uint8Array): void {
  const wanted = Uint8Array.from({ length: 7 }, (_, day) => (days.includes(day) ? 1 : 0));
  for (let i = 0; i < out.length; i++) {
    const sinceEpoch = Math.floor(time[i]! / (MINUTE_MS * DAY_MINUTES));
    out[i] = wanted[(((sinceEpoch + 4) % 7) + 7) % 7]!;
  }
}

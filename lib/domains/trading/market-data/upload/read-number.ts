/** Powers of ten that float64 holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, index) => 10 ** index);
const EXACT = 2 ** 53;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/**
 * The decimal number in `bytes[start, end)`, NaN when it isn't one. Digits are gathered without making
 * a string; when the digits and the power of ten are both exact in float64 one division rounds
 * correctly (Clinger 1990, "How to read floating point numbers accurately"), else `Number` decides.
 */
export function readNumber(bytes: Buffer, start: number, end: number): number {
  let index = start;
  const first = bytes[index];
  const negative = first === 45;
  if (negative || first === 43) index++;
  let mantissa = 0;
  let decimals = -1;
  let digits = 0;
  for (; index < end; index++) {
    const digit = (bytes[index] as number) - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (digit === -2 && decimals < 0) {
      decimals = 0;
    } else {
      return readUnusual(bytes, start, end);
    }
  }
  if (digits === 0) return Number.NaN;
  if (mantissa > EXACT || decimals > 22) return readUnusual(bytes, start, end);
  const value = decimals > 0 ? mantissa / (POWERS[decimals] as number) : mantissa;
  return negative ? -value : value;
}

function readUnusual(bytes: Buffer, start: number, end: number): number {
  if (end - start > 64) return Number.NaN;
  const text = bytes.toString('latin1', start, end);
  return DECIMAL.test(text) ? Number(text) : Number.NaN;
}

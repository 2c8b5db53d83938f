/** `amount × part / whole` in exact integers, to the nearest cent, halves away from zero. */
export function share(amount: number, part: number, whole: number): number {
  const numerator = BigInt(amount) * BigInt(part);
  const denominator = BigInt(whole);
  const twice = (numerator < 0n ? -numerator : numerator) * 2n;
  const rounded = (twice + denominator) / (2n * denominator);
  return Number(numerator < 0n ? -rounded : rounded);
}

/** Basis points of an amount, rounded as in `share`. */
export function basisPoints(amount: number, points: number): number {
  return share(amount, points, 10_000);
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

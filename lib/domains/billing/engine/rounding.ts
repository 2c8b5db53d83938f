/**
 * `amount × numerator / denominator` as whole units, halves away from zero. Exact: the product of cents and
 * seconds can leave the range in which floats are.
 */
export function share(amount: number, numerator: number, denominator: number): number {
  const product = BigInt(Math.abs(amount)) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const rounded = Number((2n * product + divisor) / (2n * divisor));
  return amount < 0 ? 0 - rounded : rounded;
}

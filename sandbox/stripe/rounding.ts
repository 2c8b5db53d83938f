/**
 * `amount × part / whole` in whole minor units, halves away from zero. Exact: cents times seconds can leave the
 * range in which floats are.
 */
export function share(amount: number, part: number, whole: number): number {
  const product = BigInt(Math.abs(amount)) * BigInt(part);
  const divisor = BigInt(whole);
  const rounded = Number((2n * product + divisor) / (2n * divisor));
  return amount < 0 ? 0 - rounded : rounded;
}

/** `percent` of an amount, with up to four decimals, as Stripe takes it for coupons and tax rates. */
export function percentage(amount: number, percent: number): number {
  return share(amount, Math.round(percent * 10_000), 1_000_000);
}

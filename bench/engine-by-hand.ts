import type { Bars } from '@/lib/domains/trading/engine';

/**
 * The SMA cross as one would write it for this strategy alone: averages, signals, fills and equity in one loop,
 * nothing general. The bar that the engine is held against.
 */
export function runByHand(
  { open, close }: Bars,
  cash: number,
  fast: number,
  slow: number,
): { trades: number; equity: Float64Array } {
  const length = close.length;
  const equity = new Float64Array(length);
  const pnl: number[] = [];
  let fastSum = 0;
  let slowSum = 0;
  let before = Number.NaN;
  let units = 0;
  let entry = 0;
  let pending = 0;
  let money = cash;
  for (let i = 0; i < length; i++) {
    if (pending !== 0) {
      const price = open[i]!;
      if (units !== 0) {
        money += units * price;
        pnl.push(units * (price - entry));
      }
      units = pending * Math.floor(money / price);
      money -= units * price;
      entry = price;
      pending = 0;
    }
    fastSum += close[i]!;
    slowSum += close[i]!;
    if (i >= fast) fastSum -= close[i - fast]!;
    if (i >= slow) slowSum -= close[i - slow]!;
    equity[i] = money + units * close[i]!;
    if (i < slow - 1) continue;
    const distance = fastSum / fast - slowSum / slow;
    if (before <= 0 && distance > 0 && units <= 0) pending = 1;
    else if (before >= 0 && distance < 0 && units >= 0) pending = -1;
    before = distance;
  }
  return { trades: pnl.length, equity };
}

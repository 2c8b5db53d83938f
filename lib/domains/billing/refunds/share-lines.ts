import { share } from '../engine';
import type { NoteLine } from './schemas';

/** An invoice as far as a part of it is to be shared out; amounts in minor units. */
export type Shared = {
  total: number;
  tax: number;
  lines: readonly { description: string; amount: number; discount: number }[];
};

/** A part of an invoice, as a credit note has it: the lines and the tax come to its amount. */
export type NoteParts = { tax: number; lines: NoteLine[] };

/**
 * Splits `sum` by the weights, to whole minor units that come to `sum`: each part rounded down, and what is left
 * over goes to those that lost most.
 */
function split(sum: number, weights: readonly number[]): number[] {
  const whole = sumOf(weights);
  if (whole === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(sum) * BigInt(weight));
  const divisor = BigInt(whole);
  const floors = exact.map((value) => floorOf(value, divisor));
  const parts = floors.map(Number);
  let left = sum - sumOf(parts);
  const byLoss = exact
    .map((value, index) => ({ index, lost: value - (floors[index] ?? 0n) * divisor }))
    .sort((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1));
  for (const { index } of byLoss) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, each) => sum + each, 0);

function floorOf(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value < 0n && quotient * divisor !== value ? quotient - 1n : quotient;
}

/** What earlier notes have left of an invoice's tax and lines. */
function leftOf(invoice: Shared, earlier: readonly NoteParts[]) {
  const had = earlier.flatMap((note) => note.lines);
  const lines = invoice.lines.map(({ amount, discount }, position) => {
    const own = had.filter((line) => line.position === position);
    return amount - discount - sumOf(own.map((line) => line.amount));
  });
  const tax = invoice.tax - sumOf(earlier.map((note) => note.tax));
  return { tax, lines, total: tax + sumOf(lines) };
}

/**
 * Which tax and which shares of the lines are in `amount` that is given back after the `earlier` notes: the same part of all that
 * they have left, to the cent. So no line ever gives more than it has or less than nothing, and parts that come to the whole
 * are the invoice itself, whichever notes came to be void meanwhile. `0 < amount`, with the earlier ones at most the total, in
 * minor units.
 */
export function shareLines(
  invoice: Shared,
  earlier: readonly NoteParts[],
  amount: number,
): NoteParts {
  const left = leftOf(invoice, earlier);
  const all = amount === left.total;
  const tax = all ? left.tax : share(left.tax, amount, left.total);
  const lines = all ? left.lines : split(amount - tax, left.lines);
  return {
    tax,
    lines: invoice.lines.flatMap(({ description }, position) => {
      const part = lines[position] ?? 0;
      return part === 0 ? [] : [{ position, description, amount: part }];
    }),
  };
}

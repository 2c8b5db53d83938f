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

/** What the first `amount` of an invoice consists of. */
function upTo(invoice: Shared, amount: number): { tax: number; lines: number[] } {
  const tax = invoice.total === 0 ? 0 : share(invoice.tax, amount, invoice.total);
  const net = invoice.lines.map((line) => line.amount - line.discount);
  return { tax, lines: split(amount - tax, net) };
}

/**
 * Which tax and which shares of the lines are in `amount` that is given back after the `earlier` notes: what all
 * of it consists of less what they have, so that parts that come to the whole are the invoice itself, to the cent,
 * whichever notes came to be void meanwhile. `0 < amount`, with the earlier ones at most the total, in minor units.
 */
export function shareLines(
  invoice: Shared,
  earlier: readonly NoteParts[],
  amount: number,
): NoteParts {
  const tax = sumOf(earlier.map((note) => note.tax));
  const lines = earlier.flatMap((note) => note.lines);
  const all = upTo(invoice, tax + sumOf(lines.map((line) => line.amount)) + amount);
  return {
    tax: all.tax - tax,
    lines: invoice.lines.flatMap(({ description }, position) => {
      const had = lines.filter((line) => line.position === position);
      const part = (all.lines[position] ?? 0) - sumOf(had.map((line) => line.amount));
      return part === 0 ? [] : [{ position, description, amount: part }];
    }),
  };
}

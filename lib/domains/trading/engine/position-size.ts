import type { Commission } from './types';

/** What one side of a trade costs, in the quote currency. */
export function commissionFor(commission: Commission, size: number, price: number): number {
  return size * price * commission.rate + commission.fixed;
}

/**
 * The most units whose value and commission together stay within the budget (both in the quote currency);
 * whole units are rounded down. 0 when not even the smallest amount fits, or the price is not above zero.
 */
export function affordableUnits(
  budget: number,
  price: number,
  commission: Commission,
  wholeUnits: boolean,
): number {
  if (!(price > 0)) return 0;
  const estimate = (budget - commission.fixed) / (price * (1 + commission.rate));
  if (!(estimate > 0) || !Number.isFinite(estimate)) return 0;
  const fits = (units: number) => units * price + commissionFor(commission, units, price) <= budget;
  if (wholeUnits) {
    // Division may round a whole result to just under or over it: the promise is kept by the sum itself.
    const units = Math.floor(estimate);
    if (fits(units + 1)) return units + 1;
    return fits(units) ? units : units - 1;
  }
  let units = estimate;
  for (let attempt = 0; attempt < 8 && !fits(units); attempt++) units *= 1 - Number.EPSILON;
  return units;
}

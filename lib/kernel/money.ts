/** Money: whole minor units (cents) of one currency; never a float. */
export type Money = { amount: number; currency: string };

/** `amount` in minor units. Throws a RangeError when it isn’t a whole number. */
export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not whole minor units: ${amount}`);
  return { amount, currency };
}

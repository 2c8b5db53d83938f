/** Money: whole minor units (cents) of one currency; never a float. */
export type Money = { amount: number; currency: string };

export function money(amount: number, currency = 'usd'): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not whole minor units: ${amount}`);
  return { amount, currency };
}

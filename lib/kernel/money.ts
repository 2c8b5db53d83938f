/** Money: whole minor units (cents) of one currency; never a float. */
export type Money = { amount: number; currency: string };

export function money(amount: number, currency = 'usd'): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not whole minor units: ${amount}`);
  return { amount, currency };
}

export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw new RangeError(`currencies differ: ${a.currency}, ${b.currency}`);
  }
  return money(a.amount + b.amount, a.currency);
}

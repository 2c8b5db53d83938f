import { z } from 'zod';

export const payPalMoney = z.object({ currency_code: z.string(), value: z.string() });
export type PayPalMoney = z.infer<typeof payPalMoney>;

/** Minor units of an amount as PayPal writes it, such as `12.30`; without cents it is whole units. */
export function centsOf({ value }: PayPalMoney): number {
  const [whole = '0', part = ''] = value.split('.');
  const cents = Number(whole.replace('-', '')) * 100 + Number(part.padEnd(2, '0').slice(0, 2));
  return whole.startsWith('-') ? 0 - cents : cents;
}

/** An amount of `cents`, not negative, as PayPal takes it. */
export function moneyOf(cents: number, currency: string): PayPalMoney {
  return { currency_code: currency.toUpperCase(), value: (cents / 100).toFixed(2) };
}

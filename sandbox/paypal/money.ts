import { z } from 'zod';
import { notImplemented } from '@/sandbox/paypal/errors';

export type Money = { currency_code: string; value: string };

const WITHOUT_CENTS = ['HUF', 'JPY', 'TWD'];

export const moneySchema = z.strictObject({
  currency_code: z.string().regex(/^[A-Z]{3}$/),
  value: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/),
});

/** Whole cents of an amount. */
export function centsOf({ currency_code, value }: Money): number {
  if (WITHOUT_CENTS.includes(currency_code)) throw notImplemented(`the currency ${currency_code}`);
  const [whole = '0', part = ''] = value.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** Cents as PayPal writes them, such as `12.30`. */
export function moneyOf(cents: number, currency_code: string): Money {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return {
    currency_code,
    value: `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`,
  };
}

/** Unix seconds as PayPal writes them. */
export function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

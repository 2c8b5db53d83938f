import type { BillingCycle } from '@/lib/domains/entitlements';

/** How documents write figures: English, UTC, with a true minus. */
const LOCALE = 'en-US';

function digitsOf(currency: string): number {
  const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** Minor units, which may have parts ("0.04"), as money: "$199.00", "$0.0004". */
export function writeMoney(minor: number, currency: string): string {
  const code = currency.toUpperCase();
  const digits = digitsOf(code);
  const text = new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency: code,
    minimumFractionDigits: digits,
    maximumFractionDigits: Number.isInteger(minor) ? digits : 8,
  }).format(minor / 10 ** digits);
  return text.replace('-', '−');
}

const cycles = { monthly: 'a month', quarterly: 'a quarter', annual: 'a year' } as const;

/** What a cycle costs: "$120,000.00 a year". */
export const writePrice = (minor: number, currency: string, cycle: BillingCycle): string =>
  `${writeMoney(minor, currency)} ${cycles[cycle]}`;

export const writeCount = (count: number) =>
  new Intl.NumberFormat(LOCALE).format(count).replace('-', '−');

/** "Nov 25, 2026" for an ISO instant, in UTC. */
export function writeDay(iso: string): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(iso),
  );
}

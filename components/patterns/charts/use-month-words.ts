'use client';

import { formatMoney, formatPercent } from '../../ui/figure-format';
import { useReader } from '../../ui/use-reader';

/** What a chart's values are: minor units of a currency, or percent. */
export type ChartUnit = { currency: string } | 'percent';

/** How months and values are written for this reader. */
export function useMonthWords(unit: ChartUnit) {
  const { locale } = useReader();
  const percent = unit === 'percent';
  return {
    month: (month: string) => monthWord(month, locale),
    write: (value: number | null) => {
      if (value === null) return '–';
      if (percent) return formatPercent(value, { locale, digits: 1 });
      return formatMoney(Math.round(value), unit.currency, { locale });
    },
    writeTick: (value: number) =>
      percent
        ? formatPercent(value, { locale, digits: 0 })
        : formatMoney(Math.round(value), unit.currency, { locale, short: true }),
  };
}

/** "2026-11" → "Nov 2026". A month of UTC: shown in another zone it would carry the name of the one before. */
export function monthWord(month: string, locale: string): string {
  const style = { year: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(`${month}-01T00:00:00Z`));
}

import { describe, expect, it } from 'vitest';
import type { ForecastDto } from '@/lib/domains/revenue/schemas';
import { forecastWords } from './words';

const money = (amount: number) => ({ amount, currency: 'usd' });
const off = (method: 'naive' | 'holt', amount: number, error_pct: number | null) => ({
  method,
  error: money(amount),
  error_pct,
});
const told = (method: 'naive' | 'holt'): ForecastDto => ({
  currency: 'usd',
  history: [],
  complete_months: 12,
  needed_months: 6,
  forecast: {
    method,
    months: [],
    interval_pct: 80,
    backtest: {
      forecasts: 33,
      origins: 8,
      chosen: method === 'holt' ? off('holt', 15_000, 2.5) : off('naive', 20_000, null),
      naive: off('naive', 20_000, 4),
      methods: [],
    },
  },
});

describe('the words of a forecast', () => {
  it('name the method, its error and the naive one’s, and by how much it is less', () => {
    const text = forecastWords(told('holt')).join(' ');
    expect(text).toContain('33 forecasts from 8 earlier months');
    expect(text).toContain('off by $150.00 (2.5%) on average');
    expect(text).toContain('by $200.00 (4.0%): 25% less');
  });

  it('claim nothing where nothing did better', () => {
    const text = forecastWords(told('naive')).join(' ');
    expect(text).toContain('No method did better');
    expect(text).not.toContain('less');
  });

  it.each([
    [5, '1 month.'],
    [2, '4 months.'],
  ])('say after %d months when there will be one', (complete_months, when) => {
    const text = forecastWords({ ...told('naive'), forecast: null, complete_months }).join(' ');
    expect(text).toContain(`There are ${complete_months} complete months`);
    expect(text).toContain(`It comes in ${when}`);
  });
});

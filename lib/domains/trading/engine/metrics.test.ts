import { describe, expect, it } from 'vitest';
import { computeMetrics } from './metrics';
import { metricDefinitions } from './metric-definitions';
import { tradingCalendar } from './metrics-returns';
import type { BacktestResult, Bars, TradeColumns } from './types';

const DAY = 86_400_000;
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);

type TradeRow = readonly [entry: number, exit: number, pnl: number, returnPct: number];

function tradesOf(rows: readonly TradeRow[], time: Float64Array): TradeColumns {
  const count = rows.length;
  return {
    count,
    side: new Int8Array(count).fill(1),
    size: new Float64Array(count).fill(1),
    entryIndex: Int32Array.from(rows, (row) => row[0]),
    exitIndex: Int32Array.from(rows, (row) => row[1]),
    entryTime: Float64Array.from(rows, (row) => time[row[0]]!),
    exitTime: Float64Array.from(rows, (row) => time[row[1]]!),
    entryPrice: new Float64Array(count),
    exitPrice: new Float64Array(count),
    commission: new Float64Array(count).fill(2),
    pnl: Float64Array.from(rows, (row) => row[2]),
    returnPct: Float64Array.from(rows, (row) => row[3]),
    reason: new Uint8Array(count),
  };
}

function metricsOf(
  equity: readonly number[],
  rows: readonly TradeRow[] = [],
  { close = equity.map((_, i) => 10 + i), spacing = DAY, start = MONDAY, warmup = 0 } = {},
) {
  const column = Float64Array.from(close);
  const time = column.map((_, i) => start + i * spacing);
  const bars: Bars = {
    time,
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column,
  };
  const result: BacktestResult = {
    bars: equity.length,
    warmup,
    cash: equity[0]!,
    equity: Float64Array.from(equity),
    drawdownPct: new Float64Array(equity.length),
    trades: tradesOf(rows, time),
    openPosition: null,
    notes: [],
  };
  return computeMetrics(bars, result);
}

describe('returns', () => {
  // Five weekdays: period returns 0.1, −0.1, 0, 0.2.
  const metrics = metricsOf([100, 110, 99, 99, 118.8]);
  const growth = 1.188 ** (1 / 5);
  const annual = growth ** 252 - 1;
  const mean = 0.2 / 4;
  const variance = ((0.1 - mean) ** 2 + (-0.1 - mean) ** 2 + mean ** 2 + (0.2 - mean) ** 2) / 3;

  it.each([
    ['equity_final', 118.8],
    ['equity_peak', 118.8],
    ['return_pct', 18.8],
    ['buy_hold_return_pct', 40],
    ['return_ann_pct', 100 * annual],
    ['volatility_ann_pct', 100 * Math.sqrt((variance + growth ** 2) ** 252 - growth ** 504)],
    ['cagr_pct', 100 * (1.188 ** (252 / 4) - 1)],
    ['cagr_calendar_pct', 100 * (1.188 ** (365.25 / 4) - 1)],
    ['sharpe', annual / Math.sqrt((variance + growth ** 2) ** 252 - growth ** 504)],
    ['sharpe_arithmetic', (mean / Math.sqrt(variance)) * Math.sqrt(252)],
    ['sortino', annual / (Math.sqrt(0.01 / 4) * Math.sqrt(252))],
    ['calmar', annual / 0.1],
  ] as const)('%s', (name, expected) => {
    expect(metrics[name]! / expected).toBeCloseTo(1, 9);
  });

  it('takes the last equity of each UTC day', () => {
    const hourly = metricsOf([100, 500, 110, 90, 99, 121], [], { spacing: DAY / 3 });
    // Days end with 110 and 121; the first is counted as a period without a return.
    expect(hourly.return_ann_pct! / (100 * ((121 / 110) ** (252 / 2) - 1))).toBeCloseTo(1, 9);
  });

  it('counts years on the calendar of the data', () => {
    const of = (spacing: number, count = 40) =>
      tradingCalendar(Float64Array.from({ length: count }, (_, i) => MONDAY + i * spacing));
    expect(of(DAY).perYear).toBe(365);
    expect(of(7 * DAY).perYear).toBe(52);
    expect(of(30 * DAY).perYear).toBe(12);
    expect(of(365 * DAY).perYear).toBe(1);
    expect(of(3_600_000, 100).perYear).toBe(252);
    const weekdays = Float64Array.from(
      { length: 40 },
      (_, i) => MONDAY + (i + 2 * Math.floor(i / 5)) * DAY,
    );
    expect(tradingCalendar(weekdays).perYear).toBe(252);
  });

  it('keeps weeks together, Monday to Sunday', () => {
    const { periodOf } = tradingCalendar(
      Float64Array.from([0, 7, 14], (day) => MONDAY + day * DAY),
    );
    expect(periodOf(MONDAY + 6 * DAY)).toBe(periodOf(MONDAY));
    expect(periodOf(MONDAY + 7 * DAY)).toBe(periodOf(MONDAY) + 1);
  });
});

describe('alpha and beta', () => {
  it('are those of an account that moves half as far as the market', () => {
    const close = [100, 110, 99, 120, 118];
    const metrics = metricsOf(
      close.map((price) => Math.sqrt(price) * 100),
      [],
      { close },
    );
    expect(metrics.beta).toBeCloseTo(0.5, 12);
    const total = 100 * (Math.sqrt(1.18) - 1);
    expect(metrics.alpha_pct).toBeCloseTo(total - 0.5 * 18, 9);
  });

  it('are undefined on a market that stands still', () => {
    const metrics = metricsOf([100, 101, 102], [], { close: [5, 5, 5] });
    expect([metrics.beta, metrics.alpha_pct]).toEqual([null, null]);
  });
});

describe('buy and hold', () => {
  const equity = [100, 100, 100, 110, 121];
  const close = [5, 8, 10, 11, 12];

  it('begins where the indicators are defined, and so does alpha', () => {
    const metrics = metricsOf(equity, [], { close, warmup: 2 });
    expect(metrics.buy_hold_return_pct).toBeCloseTo(20, 12);
    expect(metrics.alpha_pct).toBeCloseTo(21 - metrics.beta! * 20, 10);
  });

  it('is undefined where they never are', () => {
    const metrics = metricsOf(equity, [], { close, warmup: 5 });
    expect([metrics.buy_hold_return_pct, metrics.alpha_pct]).toEqual([null, null]);
  });
});

describe('drawdowns', () => {
  it('run from the last bar at the peak to the recovery, or to the end', () => {
    // −20 % from bar 1 to bar 4, then −10 % and −25 % from bar 6, not recovered by bar 9.
    const metrics = metricsOf([90, 100, 80, 95, 100, 110, 120, 108, 90, 100]);
    expect(metrics.max_drawdown_pct).toBeCloseTo(-25, 12);
    expect(metrics.avg_drawdown_pct).toBeCloseTo(-22.5, 12);
    expect(metrics.max_drawdown_duration_s).toBe(3 * 86_400);
    expect(metrics.avg_drawdown_duration_s).toBe(3 * 86_400);
    expect(metrics.equity_peak).toBe(120);
  });

  it('have no length yet where equity falls on the last bar alone', () => {
    const metrics = metricsOf([100, 80, 100, 110, 99]);
    expect(metrics.max_drawdown_pct).toBeCloseTo(-20, 12);
    expect(metrics.avg_drawdown_pct).toBeCloseTo(-20, 12);
    expect(metrics.avg_drawdown_duration_s).toBe(2 * 86_400);
    const alone = metricsOf([100, 110, 99]);
    expect(alone.max_drawdown_pct).toBeCloseTo(-10, 12);
    expect([alone.avg_drawdown_pct, alone.max_drawdown_duration_s]).toEqual([null, null]);
  });

  it('are none where equity never falls', () => {
    const metrics = metricsOf([100, 100, 101]);
    expect(metrics).toMatchObject({ max_drawdown_pct: 0, avg_drawdown_pct: null, calmar: null });
    expect(metrics.max_drawdown_duration_s).toBeNull();
  });
});

describe('trades', () => {
  const rows: TradeRow[] = [
    [1, 3, 30, 10],
    [3, 4, -10, -5],
    [6, 9, 10, 2],
  ];
  const metrics = metricsOf([100, 100, 110, 120, 115, 115, 115, 118, 120, 125], rows);
  const mean = 10;
  const scatter = Math.sqrt((20 ** 2 + 20 ** 2 + 0) / 2);

  it.each([
    ['trades', 3],
    ['commissions', 6],
    // Bars 1–4 and 6–9: the bar that ends one trade and begins the next counts once.
    ['exposure_time_pct', 80],
    ['win_rate_pct', 200 / 3],
    ['best_trade_pct', 10],
    ['worst_trade_pct', -5],
    ['avg_trade_pct', 100 * ((1.1 * 0.95 * 1.02) ** (1 / 3) - 1)],
    ['max_trade_duration_s', 3 * 86_400],
    ['avg_trade_duration_s', 2 * 86_400],
    ['profit_factor', 12 / 5],
    ['profit_factor_cash', 4],
    ['expectancy_pct', 7 / 3],
    ['sqn', (Math.sqrt(3) * mean) / scatter],
    ['kelly', 2 / 3 - 1 / 3 / (20 / 10)],
  ] as const)('%s', (name, expected) => {
    expect(metrics[name]).toBeCloseTo(expected, 10);
  });

  it('give null, not zero or infinity, where they say nothing', () => {
    const none = metricsOf([100, 100, 100]);
    expect(none.trades).toBe(0);
    for (const name of [
      'win_rate_pct',
      'avg_trade_pct',
      'profit_factor',
      'expectancy_pct',
      'sqn',
      'kelly',
      'best_trade_pct',
      'max_trade_duration_s',
      'sharpe',
      'sortino',
    ] as const) {
      expect(none[name]).toBeNull();
    }
    const won = metricsOf([100, 110, 120], [[0, 1, 10, 10]]);
    expect([won.profit_factor, won.kelly, won.sqn]).toEqual([null, null, null]);
    expect(metricsOf([100, 50, 20], [[0, 1, -200, -110]]).avg_trade_pct).toBeNull();
  });

  it('are null where the account fell below zero', () => {
    const ruined = metricsOf([100, 50, -20, -20]);
    expect(ruined).toMatchObject({
      return_ann_pct: null,
      cagr_pct: null,
      volatility_ann_pct: null,
      beta: null,
    });
    expect(ruined.max_drawdown_pct).toBeCloseTo(-120, 10);
  });

  it('survive a single bar', () => {
    const single = metricsOf([100]);
    expect(single).toMatchObject({
      return_pct: 0,
      return_ann_pct: null,
      cagr_pct: null,
      beta: null,
    });
  });
});

it('every metric is defined once, and computed', () => {
  const names = metricDefinitions.map((definition) => definition.name);
  expect(new Set(names).size).toBe(names.length);
  const metrics = metricsOf([100, 110, 99]);
  expect(new Set(Object.keys(metrics))).toEqual(new Set(names));
  for (const value of Object.values(metrics)) {
    expect(value === null || Number.isFinite(value)).toBe(true);
  }
});

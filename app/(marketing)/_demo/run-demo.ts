import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Bars, type BacktestResult, runBacktest } from '@/lib/domains/trading/engine';
import {
  compileStrategy,
  strategyDefinitionSchema,
  strategyPresets,
} from '@/lib/domains/trading/strategies/language';

/** Epoch seconds, dollars and percent, thinned to one point a week so that a page can carry them. */
export interface DemoRun {
  fast: number;
  slow: number;
  time: number[];
  equity: number[];
  drawdownPct: number[];
  returnPct: number;
  maxDrawdownPct: number;
  trades: number;
  winRatePct: number;
  commissions: number;
}

export interface Demo {
  /** ISO dates of the first and last bar. */
  from: string;
  to: string;
  bars: number;
  cash: number;
  /** Percent of the traded value, each side. */
  commissionPct: number;
  benchmark: number[];
  benchmarkReturnPct: number;
  benchmarkMaxDrawdownPct: number;
  runs: DemoRun[];
}

const CASH = 100_000;
const RATE = 0.001;
const PAIRS = [
  [10, 30],
  [20, 100],
  [50, 200],
] as const;

/**
 * Back-tests of the preset "SMA cross" over the bundled S&P 500 daily bars (2000–2020, `vega-datasets`), made by the
 * product's own engine when the page is built: nothing on it is typed in by hand.
 */
export async function runDemo(): Promise<Demo> {
  const bars = await readBars();
  const preset = strategyPresets.find((candidate) => candidate.id === 'sma-cross');
  if (!preset) throw new Error('the preset sma-cross is gone; the landing page shows it');
  const definition = strategyDefinitionSchema.parse(preset.definition);
  const keep = thinned(bars.close.length);
  const held = holdIndex(bars);
  const options = { cash: CASH, commission: { rate: RATE, fixed: 0 }, finalizeTrades: true };
  return {
    from: isoDay(bars.time[0]),
    to: isoDay(bars.time.at(-1)),
    bars: bars.close.length,
    cash: CASH,
    commissionPct: RATE * 100,
    benchmark: keep.map((i) => Math.round(held.equity[i] ?? 0)),
    benchmarkReturnPct: ((held.equity.at(-1) ?? CASH) / CASH - 1) * 100,
    benchmarkMaxDrawdownPct: held.maxDrawdownPct,
    runs: PAIRS.map(([fast, slow]) =>
      demoRun(
        fast,
        slow,
        keep,
        bars,
        runBacktest(bars, compileStrategy(definition, { fast, slow }), options),
      ),
    ),
  };
}

async function readBars(): Promise<Bars> {
  const file = path.join(process.cwd(), 'node_modules/vega-datasets/data/sp500-2000.csv');
  const [, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  const rows = lines.map((line) => line.split(','));
  const column = (index: number) => Float64Array.from(rows, (row) => Number(row[index]));
  return {
    time: Float64Array.from(rows, (row) => Date.parse(row[0] ?? '')),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(6),
  };
}

function demoRun(
  fast: number,
  slow: number,
  keep: number[],
  bars: Bars,
  result: BacktestResult,
): DemoRun {
  const { trades, equity, drawdownPct } = result;
  const won = trades.pnl.subarray(0, trades.count).filter((pnl) => pnl > 0).length;
  const costs = trades.commission.subarray(0, trades.count).reduce((sum, cost) => sum + cost, 0);
  return {
    fast,
    slow,
    time: keep.map((i) => (bars.time[i] ?? 0) / 1000),
    equity: keep.map((i) => Math.round(equity[i] ?? 0)),
    drawdownPct: keep.map((i) => Math.round((drawdownPct[i] ?? 0) * 10) / 10),
    returnPct: ((equity.at(-1) ?? CASH) / CASH - 1) * 100,
    maxDrawdownPct: drawdownPct.reduce((low, value) => Math.min(low, value), 0),
    trades: trades.count,
    winRatePct: trades.count === 0 ? 0 : (won / trades.count) * 100,
    commissions: costs,
  };
}

/** The index bought at the first open with all the cash, held to the end, without costs. */
function holdIndex(bars: Bars): { equity: Float64Array; maxDrawdownPct: number } {
  const units = CASH / (bars.open[0] ?? 1);
  let peak = 0;
  let deepest = 0;
  const equity = bars.close.map((close) => {
    peak = Math.max(peak, close * units);
    deepest = Math.min(deepest, ((close * units) / peak - 1) * 100);
    return close * units;
  });
  return { equity, maxDrawdownPct: deepest };
}

/** Every fifth bar, the last one always among them. */
function thinned(length: number): number[] {
  return Array.from({ length }, (_, i) => i).filter((i) => (length - 1 - i) % 5 === 0);
}

function isoDay(milliseconds: number | undefined): string {
  return new Date(milliseconds ?? 0).toISOString().slice(0, 10);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bars, sliceBars } from '@/lib/domains/trading/indicators/bars';
import { syntheticBars } from '@/lib/domains/trading/indicators/synthetic-bars';
import {
  type CompiledStrategy,
  compileStrategy,
  strategyPresets,
  validateStrategy,
} from '@/lib/domains/trading/strategies/language';
import { digestBars, hashBacktest } from './hash-result';
import { findLookAhead } from './look-ahead';
import { runBacktest } from './run-backtest';
import { tradeRows } from './trade-log';

const CASH = 100_000;
const seeds = fc.integer({ min: 0, max: 10_000 });

function compile(definition: object, parts: object = {}): CompiledStrategy {
  const result = validateStrategy({ ...definition, ...parts });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return compileStrategy(result.definition);
}

const presets = strategyPresets.map((preset) => [preset.id, preset.definition] as const);
const cross = {
  name: 'Fast cross',
  indicators: { f: { sma: ['close', 3] }, s: { sma: ['close', 8] } },
  entry: { long: { crosses_above: ['f', 's'] }, short: { crosses_below: ['f', 's'] } },
};
const PARTS = { size: { fraction_of_equity: 1, whole_units: false } };

/** Prices as multiples of 2⁻⁸, so that sums and mirror images lose nothing to rounding. */
function roundedBars(count: number, seed: number): Bars {
  const bars = syntheticBars(count, seed);
  const round = (column: Float64Array) => column.map((price) => Math.round(price * 256) / 256);
  const [open, close] = [round(bars.open), round(bars.close)];
  const high = bars.high.map((_, i) => Math.max(open[i]!, close[i]!) + 0.25);
  const low = bars.low.map((_, i) => Math.min(open[i]!, close[i]!) - 0.25);
  return { ...bars, open, high, low, close };
}

function mapPrices(bars: Bars, change: (price: number) => number): Bars {
  const [a, b] = [bars.high.map(change), bars.low.map(change)];
  return {
    ...bars,
    open: bars.open.map(change),
    close: bars.close.map(change),
    high: a.map((price, i) => Math.max(price, b[i]!)),
    low: a.map((price, i) => Math.min(price, b[i]!)),
  };
}

describe.each(presets)('%s', (_, definition) => {
  const strategy = compile(definition);

  it('later bars change no trade and no equity before them', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 299 }), (seed, cut) => {
        const bars = syntheticBars(300, seed);
        const whole = runBacktest(bars, strategy, { cash: CASH });
        const part = runBacktest(sliceBars(bars, 0, cut), strategy, { cash: CASH });
        expect([...part.equity]).toEqual([...whole.equity.subarray(0, cut)]);
        const past = tradeRows(whole.trades).filter((trade) => trade.exitIndex < cut);
        expect(tradeRows(part.trades)).toEqual(past);
      }),
      { numRuns: 40 },
    );
  });

  it('the same input gives the same hash, other input another', () => {
    const bars = syntheticBars(400, 9);
    const digest = digestBars(bars);
    const options = { cash: CASH, commission: { rate: 0.001, fixed: 0 } };
    const hash = () =>
      hashBacktest(strategy, options, digest, runBacktest(bars, strategy, options));
    expect(hash()).toMatch(/^[0-9a-f]{64}$/);
    expect(hash()).toBe(hash());
    const richer = { ...options, cash: CASH + 1 };
    const other = hashBacktest(strategy, richer, digest, runBacktest(bars, strategy, richer));
    expect(other).not.toBe(hash());
    expect(digestBars(syntheticBars(400, 10))).not.toBe(digest);
    const renamed = compile({ ...definition, name: 'Another name' });
    expect(hashBacktest(renamed, options, digest, runBacktest(bars, strategy, options))).toBe(
      hash(),
    );
  });

  it('profits add up to the change of equity', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 0.01, noNaN: true }), (seed, rate) => {
        const options = { cash: CASH, commission: { rate, fixed: 1 }, slippage: { rate: 0.0005 } };
        const bars = syntheticBars(300, seed);
        const { trades, equity, openPosition } = runBacktest(bars, strategy, options);
        const closed = trades.pnl.reduce((sum, pnl) => sum + pnl, 0);
        const total = CASH + closed + (openPosition?.unrealizedPnl ?? 0);
        expect(equity.at(-1)!).toBeCloseTo(total, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('scaling prices and cash scales equity and profits', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.25, 0.5, 2, 1024), (seed, factor) => {
        // PHLD measures ranges in points; its direction, which is all it trades on, has no scale.
        const bars = syntheticBars(300, seed);
        const scaled = mapPrices(bars, (price) => price * factor);
        const run = (on: Bars, scale: number) =>
          runBacktest(on, strategy, {
            cash: CASH * scale,
            commission: { rate: 0.001, fixed: 2 * scale },
            slippage: { fixed: 0.01 * scale },
          });
        const [base, big] = [run(bars, 1), run(scaled, factor)];
        expect(big.trades.count).toBe(base.trades.count);
        expect([...big.trades.size]).toEqual([...base.trades.size]);
        big.equity.forEach((value, i) => expect(value / factor).toBeCloseTo(base.equity[i]!, 6));
      }),
      { numRuns: 25 },
    );
  });

  it('the look-ahead check finds nothing', () => {
    expect(findLookAhead(syntheticBars(300, 3), strategy)).toBeNull();
  });
});

describe('the engine', () => {
  it('commission only ever lowers equity', () => {
    const strategy = compile(cross, PARTS);
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 0.05, noNaN: true }), (seed, rate) => {
        const bars = syntheticBars(200, seed);
        const free = runBacktest(bars, strategy, { cash: CASH });
        const charged = runBacktest(bars, strategy, { cash: CASH, commission: { rate, fixed: 0 } });
        charged.equity.forEach((value, i) =>
          expect(value).toBeLessThanOrEqual(free.equity[i]! * (1 + 1e-12)),
        );
      }),
    );
  });

  it('a long on prices is a short on their mirror image', () => {
    const strategy = compile(cross, PARTS);
    fc.assert(
      fc.property(seeds, (seed) => {
        const bars = roundedBars(200, seed);
        const mirrored = mapPrices(bars, (price) => 256 - price);
        const rows = (on: Bars) => tradeRows(runBacktest(on, strategy, { cash: CASH }).trades);
        const [up, down] = [rows(bars), rows(mirrored)];
        expect(down.map((trade) => trade.side)).toEqual(
          up.map((trade) => (trade.side === 'long' ? 'short' : 'long')),
        );
        up.forEach((trade, i) => {
          const image = down[i]!;
          expect([image.entryIndex, image.exitIndex]).toEqual([trade.entryIndex, trade.exitIndex]);
          // Sizes differ with the price; profit for one unit does not.
          expect(image.pnl / image.size).toBeCloseTo(trade.pnl / trade.size, 8);
        });
      }),
    );
  });

  it('the order book and the direct way give the same result, to the bit', () => {
    const exits = { exit: { after_bars: 7, long: { '<': [{ rsi: ['close', 5] }, 20] } } };
    // A target that is never reached makes the general runner carry the same orders.
    const far = { protect: { take_profit_pct: 10_000 } };
    const [direct, general] = [compile(cross, exits), compile(cross, { ...exits, ...far })];
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, finalizeTrades) => {
        const bars = syntheticBars(250, seed);
        const commission = { rate: 0.002, fixed: 3 };
        const options = { cash: 900, commission, slippage: { fixed: 0.02 }, finalizeTrades };
        expect(runBacktest(bars, general, options)).toEqual(runBacktest(bars, direct, options));
      }),
    );
  });

  it('finds a rule that looks ahead', () => {
    const honest = compile(cross);
    const signals: CompiledStrategy['signals'] = (bars) => ({
      entryLong: Uint8Array.from(bars.close, (close, i) => (bars.close[i + 1]! > close ? 1 : 0)),
      entryShort: null,
      exitLong: null,
      exitShort: null,
    });
    const found = findLookAhead(syntheticBars(300, 3), { ...honest, signals }, 20);
    expect(found).toMatchObject({ rule: 'entryLong' });
    expect(found!.index).toBe(found!.cut - 1);
  });
});

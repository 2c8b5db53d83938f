import { describe, expect, it } from 'vitest';
import { compileStrategy, validateStrategy } from '@/lib/domains/trading/strategies/language';
import { runBacktest } from './run-backtest';
import { tradeRows } from './trade-log';
import type { BacktestOptions, Bars } from './types';

const DAY = 86_400_000;
type Candle = readonly [open: number, high: number, low: number, close: number];

/** Candles by hand; the volume says what the rules do: 1 long, 2 short, 4 out of long, 8 out of short. */
function barsOf(candles: readonly Candle[], orders: readonly number[]): Bars {
  const column = (part: 0 | 1 | 2 | 3) => Float64Array.from(candles, (candle) => candle[part]);
  return {
    time: Float64Array.from(candles, (_, i) => i * DAY),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: Float64Array.from(candles, (_, i) => orders[i] ?? 0),
  };
}

const flat = (price: number): Candle => [price, price, price, price];

function compile(parts: object = {}) {
  const result = validateStrategy({
    name: 'By volume',
    entry: {
      long: { or: [{ '==': ['volume', 1] }, { '==': ['volume', 3] }, { '==': ['volume', 5] }] },
      short: { or: [{ '==': ['volume', 2] }, { '==': ['volume', 3] }, { '==': ['volume', 6] }] },
    },
    exit: {
      long: { or: [{ '==': ['volume', 4] }, { '==': ['volume', 5] }, { '==': ['volume', 6] }] },
      short: { '==': ['volume', 8] },
    },
    ...parts,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return compileStrategy(result.definition);
}

function run(
  candles: readonly Candle[],
  orders: readonly number[],
  { parts = {}, ...options }: Partial<BacktestOptions> & { parts?: object } = {},
) {
  const bars = barsOf(candles, orders);
  const result = runBacktest(bars, compile(parts), { cash: 1_000, ...options });
  const trades = tradeRows(result.trades).map(
    (t) =>
      `${t.side} ${t.size} ${t.entryIndex}@${t.entryPrice} ${t.exitIndex}@${t.exitPrice} ${t.reason}`,
  );
  return { result, trades, equity: [...result.equity], codes: result.notes.map((n) => n.code) };
}

const RISING = [flat(10), flat(20), flat(40), flat(50)];

describe('fills and sizes', () => {
  it('a signal on the close fills at the next open', () => {
    const candles: Candle[] = [flat(10), [20, 25, 15, 22], [30, 35, 25, 32], [40, 45, 35, 42]];
    const { trades, equity } = run(candles, [1, 0, 4]);
    expect(trades).toEqual(['long 50 1@20 3@40 exit_rule']);
    expect(equity).toEqual([1_000, 1_100, 1_600, 2_000]);
  });

  it('rounds whole units down, with the commission inside the budget', () => {
    const commission = { rate: 0.01, fixed: 5 };
    const { result } = run([flat(10), flat(30), flat(30), flat(30)], [1, 4], { commission });
    const [trade] = tradeRows(result.trades);
    // 32 · 30 · 1.01 + 5 = 974.6; one more unit would be 1,004.9.
    expect(trade).toMatchObject({ size: 32, commission: 2 * (32 * 30 * 0.01 + 5) });
    expect(trade?.pnl).toBeCloseTo(-29.2, 10);
    expect(result.equity[3]).toBeCloseTo(970.8, 10);
  });

  it('takes every unit that just fits', () => {
    for (let price = 1; price < 400; price++) {
      const cash = price * 1.001 * 7;
      const options = { cash, commission: { rate: 0.001, fixed: 0 } };
      const { result } = run([flat(price), flat(price), flat(price)], [1], options);
      const size = result.openPosition?.size ?? 0;
      const cost = (units: number) => units * price + units * price * 0.001;
      expect(cost(size)).toBeLessThanOrEqual(cash);
      expect(cost(size + 1)).toBeGreaterThan(cash);
    }
  });

  it('uses a fraction of equity, and parts of units where allowed', () => {
    const size = { fraction_of_equity: 0.3, whole_units: false };
    const { result } = run(RISING, [1], { parts: { size } });
    expect(result.openPosition).toMatchObject({ side: 'long', size: 15, entryPrice: 20 });
    expect(result.equity[3]).toBe(1_000 + 15 * 30);
  });

  it('slips both ways for the worse', () => {
    const { trades } = run(RISING, [1, 0, 4], { slippage: { fixed: 1 } });
    expect(trades).toEqual(['long 47 1@21 3@49 exit_rule']);
    const short = run([flat(10), flat(20), flat(15), flat(10)], [2, 0, 8], {
      slippage: { rate: 0.1 },
    });
    expect(short.trades).toEqual(['short 55 1@18 3@11 exit_rule']);
  });

  it('earns on a short position when the price falls', () => {
    const { equity, trades } = run([flat(50), flat(50), flat(40), flat(30)], [2, 0, 8]);
    expect(trades).toEqual(['short 20 1@50 3@30 exit_rule']);
    expect(equity).toEqual([1_000, 1_000, 1_200, 1_400]);
  });
});

describe('rules that meet', () => {
  it('an opposite entry closes and reverses at the same open', () => {
    const { trades, result } = run([flat(10), flat(10), flat(10), flat(20), flat(10)], [1, 0, 2]);
    expect(trades).toEqual(['long 100 1@10 3@20 opposite_entry']);
    expect(result.openPosition).toMatchObject({ side: 'short', size: 100, entryIndex: 3 });
    expect(result.equity[4]).toBe(3_000);
  });

  it('without on_opposite_entry an opposite entry is ignored', () => {
    const exit = { on_opposite_entry: false };
    expect(run(RISING, [1, 2], { parts: { exit } }).trades).toEqual([]);
  });

  it('an exit with an opposite entry reverses all the same', () => {
    const exit = { on_opposite_entry: false, long: { '==': ['volume', 6] } };
    const { trades, result } = run(RISING, [1, 6], { parts: { exit } });
    expect(trades).toEqual(['long 50 1@20 2@40 exit_rule']);
    expect(result.openPosition?.side).toBe('short');
  });

  it.each([
    ['entries both ways cancel out', [3]],
    ['an exit rule forbids the entry on its side', [5]],
  ])('%s', (_, orders) => {
    expect(run(RISING, orders)).toMatchObject({ trades: [], codes: ['no_trades'] });
  });

  it('does not add to a position', () => {
    expect(run(RISING, [1, 1, 1]).result.openPosition).toMatchObject({ size: 50, entryIndex: 1 });
  });

  it('closes after a number of bars', () => {
    const exit = { after_bars: 2 };
    const candles = [flat(10), flat(20), flat(30), flat(40), flat(50)];
    expect(run(candles, [1], { parts: { exit } }).trades).toEqual(['long 50 1@20 3@40 after_bars']);
  });
});

describe('protection', () => {
  const protect = { stop_loss_pct: 10, take_profit_pct: 20 };
  const entered: Candle[] = [flat(100), [100, 101, 99, 100]];

  it.each<[string, Candle, string]>([
    ['stop inside the bar', [100, 101, 85, 95], 'long 10 1@100 2@90 stop_loss'],
    ['stop gapped: the open, which is worse', [80, 85, 75, 82], 'long 10 1@100 2@80 stop_loss'],
    ['target inside the bar', [100, 125, 99, 110], 'long 10 1@100 2@120 take_profit'],
    [
      'target gapped: the open, which is better',
      [130, 135, 125, 130],
      'long 10 1@100 2@130 take_profit',
    ],
    ['both inside: the stop counts', [100, 125, 85, 110], 'long 10 1@100 2@90 stop_loss'],
  ])('%s', (_, candle, expected) => {
    expect(run([...entered, candle], [1], { parts: { protect } }).trades).toEqual([expected]);
  });

  it('works from the very bar of the entry', () => {
    const candles: Candle[] = [flat(100), [100, 101, 85, 99], flat(99)];
    expect(run(candles, [1], { parts: { protect } }).trades).toEqual([
      'long 10 1@100 1@90 stop_loss',
    ]);
  });

  it('mirrors for a short position', () => {
    const candles: Candle[] = [...entered, [100, 111, 95, 100]];
    expect(run(candles, [2], { parts: { protect } }).trades).toEqual([
      'short 10 1@100 2@110 stop_loss',
    ]);
  });

  it('a trailing stop keeps to earlier highs', () => {
    const candles: Candle[] = [
      ...entered,
      [100, 150, 100, 150],
      [150, 160, 140, 158],
      [158, 158, 140, 141],
    ];
    const trailing = { trailing_stop_pct: 10 };
    expect(run(candles, [1], { parts: { protect: trailing } }).trades).toEqual([
      'long 10 1@100 4@144 trailing_stop',
    ]);
  });

  it('a signal at the open comes before the stop of that bar', () => {
    const candles: Candle[] = [...entered, [95, 96, 80, 85]];
    expect(run(candles, [1, 4], { parts: { protect } }).trades).toEqual([
      'long 10 1@100 2@95 exit_rule',
    ]);
  });

  it('a stopped position may enter again', () => {
    const candles: Candle[] = [...entered, [100, 100, 85, 90], flat(90), flat(95)];
    const { trades, result } = run(candles, [1, 0, 1], { parts: { protect } });
    expect(trades).toEqual(['long 10 1@100 2@90 stop_loss']);
    expect(result.openPosition).toMatchObject({ entryIndex: 3, size: 10 });
  });
});

describe('the end of the data', () => {
  it('leaves a position open, or closes it on the last close', () => {
    const open = run(RISING, [1]);
    expect(open.result.openPosition).toMatchObject({
      side: 'long',
      size: 50,
      unrealizedPnl: 1_500,
    });
    expect(open).toMatchObject({ trades: [], codes: ['no_trades'] });
    const closed = run(RISING, [1], { finalizeTrades: true, commission: { rate: 0, fixed: 10 } });
    expect(closed.trades).toEqual(['long 49 1@20 3@50 end_of_data']);
    expect(closed.result.openPosition).toBeNull();
    expect(closed.equity[3]).toBe(1_000 + 49 * 30 - 20);
  });

  it('says that a signal on the last bar has nowhere to fill', () => {
    expect(run(RISING, [0, 0, 0, 1]).codes).toEqual(['no_next_bar', 'no_trades']);
  });
});

describe('money that runs out', () => {
  it('skips an entry that does not buy one unit', () => {
    const { result } = run([flat(2_000), flat(2_000), flat(2_000)], [1, 1]);
    expect(result.notes[0]).toMatchObject({ code: 'zero_size', count: 2, firstIndex: 1 });
  });

  it('closes a short that lost everything, and trades no more', () => {
    const candles = [flat(100), flat(100), flat(250), flat(100), flat(100)];
    const { trades, equity, codes } = run(candles, [2, 0, 1]);
    expect(trades).toEqual(['short 10 1@100 2@250 insolvent']);
    expect(equity).toEqual([1_000, 1_000, -500, -500, -500]);
    expect(codes).toEqual(['insolvent']);
  });

  it('refuses to buy at a price that is not above zero', () => {
    expect(run([flat(1), flat(-1), flat(1)], [1]).codes).toEqual(['bad_price', 'no_trades']);
  });
});

describe('input that cannot be run', () => {
  const ok = barsOf(RISING, [1]);
  const spoil = (name: keyof Bars, index: number, value: number): Bars => {
    const column = ok[name].slice();
    column[index] = value;
    return { ...ok, [name]: column };
  };

  it.each<[string, Bars, object]>([
    ['no bars', barsOf([], []), { code: 'empty_bars' }],
    ['columns of different length', { ...ok, low: ok.low.subarray(1) }, { code: 'invalid_bars' }],
    ['a price that is no number', spoil('high', 2, Number.NaN), { code: 'invalid_bars', index: 2 }],
    [
      'an infinite volume',
      spoil('volume', 1, Number.POSITIVE_INFINITY),
      { code: 'invalid_bars', index: 1 },
    ],
    ['a time twice', spoil('time', 2, DAY), { code: 'invalid_bars', index: 2 }],
    ['a time that is no number', spoil('time', 0, Number.NaN), { code: 'invalid_bars', index: 0 }],
  ])('%s', (_, bars, expected) => {
    expect(() => runBacktest(bars, compile(), { cash: 1 })).toThrow(
      expect.objectContaining(expected),
    );
  });

  it.each<[BacktestOptions, string]>([
    [{ cash: 0 }, 'cash'],
    [{ cash: Number.NaN }, 'cash'],
    [{ cash: 1, commission: { rate: 1, fixed: 0 } }, 'commission.rate'],
    [{ cash: 1, commission: { rate: 0, fixed: -1 } }, 'commission.fixed'],
    [{ cash: 1, slippage: { rate: -0.1 } }, 'slippage.rate'],
    [{ cash: 1, slippage: { fixed: Number.NaN } }, 'slippage.fixed'],
  ])('%j', (options, field) => {
    const expected = expect.objectContaining({ code: 'invalid_options', field });
    expect(() => runBacktest(ok, compile(), options)).toThrow(expected);
  });
});

describe('a long run', () => {
  const length = 200_000;
  const long = barsOf(
    Array.from({ length }, (_, i) => flat(10 + (i % 7))),
    [1, 4],
  );

  it('reports progress from 0 to 1', () => {
    const seen: number[] = [];
    runBacktest(long, compile(), { cash: 1_000 }, (fraction) => seen.push(fraction));
    expect([seen[0], seen.at(-1)]).toEqual([0, 1]);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(seen.length).toBeGreaterThan(5);
  });

  it('stops when asked', () => {
    let asked = 0;
    const stopAtThird = () => ++asked === 3;
    expect(() => runBacktest(long, compile(), { cash: 1 }, undefined, stopAtThird)).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
    expect(asked).toBe(3);
  });
});

import { describe, expect, it } from 'vitest';
import { type MatchableOrder, matchOrder, type PriceBar, slip } from './match-order';

const NAN = Number.NaN;

function order(type: MatchableOrder['type'], side: 1 | -1, fields: Partial<MatchableOrder> = {}) {
  return {
    type,
    side,
    limitPrice: NAN,
    stopPrice: NAN,
    trailPct: NAN,
    triggered: false,
    bestPrice: NAN,
    ...fields,
  } satisfies MatchableOrder;
}

const bar = (open: number, high: number, low: number, close: number): PriceBar => ({
  open,
  high,
  low,
  close,
});

describe('an order that was working at the open', () => {
  it.each([
    ['market buy at the open', order('market', 1), bar(10, 12, 9, 11), 10],
    ['limit buy touched', order('limit', 1, { limitPrice: 9 }), bar(10, 12, 9, 11), 9],
    ['limit buy gapped below', order('limit', 1, { limitPrice: 9 }), bar(8, 12, 7, 11), 8],
    ['limit buy missed', order('limit', 1, { limitPrice: 8.9 }), bar(10, 12, 9, 11), NAN],
    ['limit sell touched', order('limit', -1, { limitPrice: 12 }), bar(10, 12, 9, 11), 12],
    ['limit sell gapped above', order('limit', -1, { limitPrice: 12 }), bar(13, 14, 9, 11), 13],
    ['limit sell missed', order('limit', -1, { limitPrice: 12.1 }), bar(10, 12, 9, 11), NAN],
    ['stop buy touched', order('stop', 1, { stopPrice: 12 }), bar(10, 12, 9, 11), 12],
    ['stop buy gapped above', order('stop', 1, { stopPrice: 12 }), bar(13, 14, 9, 11), 13],
    ['stop buy missed', order('stop', 1, { stopPrice: 12.1 }), bar(10, 12, 9, 11), NAN],
    ['stop sell touched', order('stop', -1, { stopPrice: 9 }), bar(10, 12, 9, 11), 9],
    ['stop sell gapped below', order('stop', -1, { stopPrice: 9 }), bar(8, 12, 7, 11), 8],
    ['stop sell missed', order('stop', -1, { stopPrice: 8.9 }), bar(10, 12, 9, 11), NAN],
  ])('%s', (_, working, prices, expected) => {
    expect(matchOrder(working, prices)).toBe(expected);
  });
});

describe('a stop-limit order', () => {
  const buy = (stopPrice: number, limitPrice: number) =>
    order('stop_limit', 1, { stopPrice, limitPrice });

  it.each([
    ['fills at its stop when the price passes it', buy(12, 13), bar(10, 12.5, 9, 11), 12],
    [
      'fills at the open when it gaps between stop and limit',
      buy(12, 13),
      bar(12.5, 14, 11, 12),
      12.5,
    ],
    ['fills at the limit when a gap beyond it comes back', buy(12, 13), bar(14, 15, 12, 14), 13],
    ['waits when a gap beyond the limit stays away', buy(12, 13), bar(14, 15, 13.5, 14), NAN],
    [
      'fills below its stop when the close proves the way back',
      buy(12, 11),
      bar(10, 12, 9, 11),
      11,
    ],
    ['waits when only the low was below the limit', buy(12, 11), bar(10, 12, 9, 11.5), NAN],
    ['sleeps while the stop is not reached', buy(12, 13), bar(10, 11.9, 9, 11), NAN],
  ])('%s', (_, working, prices, expected) => {
    expect(matchOrder(working, prices)).toBe(expected);
  });

  it('stays a limit order once triggered, and so does fill on a later bar', () => {
    const working = buy(12, 13);
    expect(matchOrder(working, bar(14, 15, 13.5, 14))).toBeNaN();
    expect(working.triggered).toBe(true);
    expect(matchOrder(working, bar(13.5, 14, 12.8, 13))).toBe(13);
  });

  it('mirrors for a sale', () => {
    const sale = order('stop_limit', -1, { stopPrice: 9, limitPrice: 8 });
    expect(matchOrder(sale, bar(10, 11, 8.5, 10))).toBe(9);
    const gapped = order('stop_limit', -1, { stopPrice: 9, limitPrice: 8 });
    expect(matchOrder(gapped, bar(7, 7.5, 6, 7))).toBeNaN();
    expect(matchOrder(gapped, bar(7, 8.2, 6, 7))).toBe(8);
  });
});

describe('a trailing stop', () => {
  it('follows the highs of earlier bars, never its own', () => {
    const sale = order('trailing_stop', -1, { trailPct: 10, bestPrice: 100 });
    expect(matchOrder(sale, bar(100, 120, 95, 118))).toBeNaN();
    expect(sale.bestPrice).toBe(120);
    expect(matchOrder(sale, bar(118, 119, 109, 110))).toBeNaN();
    expect(matchOrder(sale, bar(110, 111, 107, 108))).toBe(108);
  });

  it('never moves back, and gaps fill at the open', () => {
    const sale = order('trailing_stop', -1, { trailPct: 10, bestPrice: 100 });
    matchOrder(sale, bar(95, 96, 94, 95));
    expect(sale.bestPrice).toBe(100);
    expect(matchOrder(sale, bar(85, 86, 80, 82))).toBe(85);
  });

  it('mirrors for a short position', () => {
    const cover = order('trailing_stop', 1, { trailPct: 10, bestPrice: 100 });
    expect(matchOrder(cover, bar(95, 96, 80, 82))).toBeNaN();
    expect(cover.bestPrice).toBe(80);
    expect(matchOrder(cover, bar(85, 90, 84, 89))).toBe(88);
  });
});

describe('an order that began inside the bar, at 10', () => {
  const prices = bar(8, 12, 7, 11);
  it.each([
    ['a stop takes the worst case', order('stop', -1, { stopPrice: 7.5 }), 7.5],
    ['a stop beyond the entry fills there', order('stop', -1, { stopPrice: 10.5 }), 10],
    ['a limit takes only what the close proves', order('limit', -1, { limitPrice: 11.5 }), NAN],
    ['a limit that the close proves', order('limit', -1, { limitPrice: 10.8 }), 10.8],
    [
      'a trailing stop starts at the entry',
      order('trailing_stop', -1, { trailPct: 20, bestPrice: 10 }),
      8,
    ],
  ])('%s', (_, working, expected) => {
    expect(matchOrder(working, prices, 10)).toBe(expected);
  });

  it('a trailing stop learns from the close alone', () => {
    const sale = order('trailing_stop', -1, { trailPct: 50, bestPrice: 10 });
    expect(matchOrder(sale, prices, 10)).toBeNaN();
    expect(sale.bestPrice).toBe(11);
  });
});

describe('slippage', () => {
  it.each([
    [100, 1, { rate: 0.01 }, 101],
    [100, -1, { rate: 0.01 }, 99],
    [100, 1, { fixed: 0.5 }, 100.5],
    [100, -1, { fixed: 0.5 }, 99.5],
    [0.2, -1, { fixed: 0.5 }, 0],
    [100, 1, null, 100],
  ] as const)('%d for side %d with %j is %d', (price, side, slippage, expected) => {
    expect(slip(price, side, slippage)).toBe(expected);
  });
});

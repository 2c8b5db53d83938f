import { describe, expect, it } from 'vitest';
import type { PriceBar } from './match-order';
import { type Fill, OrderBook, type OrderTicket } from './order-book';
import type { Slippage } from './types';

/** Matches `[open, high, low, close]` bars and lists `role@price` (and the bar, from 0). */
function run(book: OrderBook, bars: [number, number, number, number][]) {
  const fills: string[] = [];
  const rejected: number[] = [];
  bars.forEach(([open, high, low, close], index) => {
    const bar: PriceBar = { open, high, low, close };
    const onFill = ({ role, side, price }: Fill) =>
      fills.push(`${index} ${side === 1 ? 'buy' : 'sell'} ${role} ${price}`);
    book.match(bar, onFill, (id) => rejected.push(id));
  });
  return { fills, rejected };
}

function bookOf(tickets: OrderTicket[], slippage: Slippage = null): OrderBook {
  const book = new OrderBook(slippage);
  for (const ticket of tickets) book.submit(ticket);
  return book;
}

const LONG: OrderTicket = {
  side: 1,
  type: 'market',
  size: 10,
  bracket: { stopLoss: { pct: 10 }, takeProfit: { pct: 10 } },
};

describe('a bracket behind a market order', () => {
  it.each<[string, [number, number, number, number][], string[]]>([
    [
      'begins at the open of the entry',
      [[100, 111, 99, 110]],
      ['0 buy order 100', '0 sell take_profit 110'],
    ],
    [
      'stop first when both lie inside the entry bar',
      [[100, 115, 85, 100]],
      ['0 buy order 100', '0 sell stop_loss 90'],
    ],
    [
      'stop first when both lie inside a later bar',
      [
        [100, 101, 99, 100],
        [100, 115, 85, 100],
      ],
      ['0 buy order 100', '1 sell stop_loss 90'],
    ],
    [
      'stop first even where the open is past the target',
      [
        [100, 101, 99, 100],
        [112, 115, 85, 100],
      ],
      ['0 buy order 100', '1 sell stop_loss 90'],
    ],
    [
      'a gap through the stop fills at the open',
      [
        [100, 101, 99, 100],
        [80, 85, 75, 80],
      ],
      ['0 buy order 100', '1 sell stop_loss 80'],
    ],
    [
      'a gap through the target fills at the open',
      [
        [100, 101, 99, 100],
        [120, 125, 118, 120],
      ],
      ['0 buy order 100', '1 sell take_profit 120'],
    ],
    [
      'one leg cancels the other',
      [
        [100, 101, 89, 100],
        [100, 120, 80, 100],
      ],
      ['0 buy order 100', '0 sell stop_loss 90'],
    ],
  ])('%s', (_, bars, expected) => {
    const book = bookOf([LONG]);
    expect(run(book, bars).fills).toEqual(expected);
    expect(book.size).toBe(0);
  });

  it('mirrors for a short position', () => {
    const book = bookOf([{ ...LONG, side: -1 }]);
    expect(
      run(book, [
        [100, 109, 91, 100],
        [100, 112, 88, 100],
      ]).fills,
    ).toEqual(['0 sell order 100', '1 buy stop_loss 110']);
  });

  it('takes prices as well as percentages, and a trailing stop', () => {
    const bracket = { takeProfit: { price: 130 }, trailingStopPct: 5 };
    const book = bookOf([{ ...LONG, bracket }]);
    const bars: [number, number, number, number][] = [
      [100, 120, 99, 120],
      [120, 121, 113, 115],
    ];
    expect(run(book, bars).fills).toEqual(['0 buy order 100', '1 sell trailing_stop 114']);
  });
});

describe('a bracket behind an order that fills inside a bar', () => {
  const entry = (type: 'limit' | 'stop', price: number): OrderTicket => ({
    ...LONG,
    type,
    ...(type === 'limit' ? { limitPrice: price } : { stopPrice: price }),
    bracket: { stopLoss: { price: 90 }, takeProfit: { price: 110 } },
  });

  it('does not take a high for granted that may have come first', () => {
    expect(run(bookOf([entry('limit', 95)]), [[100, 112, 94, 100]]).fills).toEqual([
      '0 buy order 95',
    ]);
    expect(run(bookOf([entry('limit', 95)]), [[100, 112, 94, 111]]).fills).toEqual([
      '0 buy order 95',
      '0 sell take_profit 110',
    ]);
  });

  it('counts the stop-loss', () => {
    expect(run(bookOf([entry('stop', 105)]), [[100, 106, 89, 104]]).fills).toEqual([
      '0 buy order 105',
      '0 sell stop_loss 90',
    ]);
  });

  it('meets later bars like any other', () => {
    const bars: [number, number, number, number][] = [
      [100, 106, 99, 104],
      [104, 112, 103, 111],
    ];
    expect(run(bookOf([entry('stop', 105)]), bars).fills).toEqual([
      '0 buy order 105',
      '1 sell take_profit 110',
    ]);
  });
});

describe('the book', () => {
  it('meets market orders, then stops, then limits, each in order of submission', () => {
    const book = bookOf([
      { side: -1, type: 'limit', size: 1, limitPrice: 105 },
      { side: -1, type: 'stop', size: 1, stopPrice: 95 },
      { side: 1, type: 'market', size: 1 },
      { side: 1, type: 'market', size: 2 },
    ]);
    expect(run(book, [[100, 106, 94, 100]]).fills).toEqual([
      '0 buy order 100',
      '0 buy order 100',
      '0 sell order 95',
      '0 sell order 105',
    ]);
  });

  it('cancels the rest of a group', () => {
    const book = bookOf([
      { side: 1, type: 'stop', size: 1, stopPrice: 105, group: 1 },
      { side: -1, type: 'stop', size: 1, stopPrice: 95, group: 1 },
    ]);
    expect(run(book, [[100, 106, 94, 100]]).fills).toEqual(['0 buy order 105']);
    expect(book.size).toBe(0);
  });

  it('cancels by id, once', () => {
    const book = new OrderBook(null);
    const id = book.submit({ side: 1, type: 'limit', size: 1, limitPrice: 50 });
    expect([book.cancel(id), book.cancel(id)]).toEqual([true, false]);
    expect(run(book, [[40, 60, 40, 50]]).fills).toEqual([]);
  });

  it('slips market and stop orders, never limits', () => {
    const slipped = bookOf(
      [
        { side: 1, type: 'market', size: 1 },
        { side: -1, type: 'stop', size: 1, stopPrice: 95 },
        { side: -1, type: 'limit', size: 1, limitPrice: 105 },
      ],
      { fixed: 0.5 },
    );
    expect(run(slipped, [[100, 106, 94, 100]]).fills).toEqual([
      '0 buy order 100.5',
      '0 sell order 94.5',
      '0 sell order 105',
    ]);
  });

  it('asks for the size at the price of the fill, and rejects none', () => {
    const sizes: number[] = [];
    const book = new OrderBook({ rate: 0.1 });
    const size = (price: number) => {
      sizes.push(price);
      return 0;
    };
    const id = book.submit({ side: 1, type: 'market', size, bracket: { stopLoss: { pct: 1 } } });
    expect(run(book, [[100, 100, 50, 60]])).toEqual({ fills: [], rejected: [id] });
    expect([sizes, book.size]).toEqual([[110], 0]);
  });

  it('keeps what a fill submits for the next bar', () => {
    const book = bookOf([{ side: 1, type: 'market', size: 1 }]);
    const prices: number[] = [];
    const onFill = (fill: Fill) => {
      prices.push(fill.price);
      if (prices.length < 3) book.submit({ side: -1, type: 'market', size: 1 });
    };
    for (const open of [10, 11, 12]) {
      book.match({ open, high: 20, low: 5, close: 15 }, onFill, () => {});
    }
    expect(prices).toEqual([10, 11, 12]);
  });
});

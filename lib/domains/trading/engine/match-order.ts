import type { Slippage } from './types';

/** 1 buys, −1 sells. */
export type OrderSide = 1 | -1;

export type OrderType = 'market' | 'limit' | 'stop' | 'stop_limit' | 'trailing_stop';

/** The prices of one bar. */
export interface PriceBar {
  open: number;
  high: number;
  low: number;
  close: number;
}

/** What the matching of one order needs to know and to remember. */
export interface MatchableOrder {
  readonly side: OrderSide;
  readonly type: OrderType;
  /** The worst price a limit or stop-limit order may fill at. */
  readonly limitPrice: number;
  /** Where a stop or stop-limit order wakes up. */
  readonly stopPrice: number;
  /** How far a trailing stop stays behind the best price, in percent of it. */
  readonly trailPct: number;
  /** A stop-limit order whose stop was touched: from then on a limit order. */
  triggered: boolean;
  /** The best price a trailing stop has seen: the highest for a sell, the lowest for a buy. */
  bestPrice: number;
}

/**
 * The one place where an order meets a bar: the price at which it fills, before slippage, or NaN. Updates what
 * the order remembers.
 *
 * `from` is NaN for an order that was working at the open. An order that began within the bar, at the price
 * `from` (a bracket behind an entry that filled inside it), cannot know which part of the bar came later: its
 * stops take the worst case, its limits only what the close proves.
 *
 * Conventions: a stop fills at the worse of stop and open, a limit at the better of limit and open. A trailing
 * stop follows the extremes of earlier bars only, for within one bar nobody knows whether the high or the low
 * came first.
 */
export function matchOrder(order: MatchableOrder, bar: PriceBar, from = Number.NaN): number {
  switch (order.type) {
    case 'market':
      return Number.isNaN(from) ? bar.open : from;
    case 'limit':
      return matchLimit(order, bar, from);
    case 'stop':
      return matchStop(order.side, order.stopPrice, bar, from);
    case 'stop_limit':
      return matchStopLimit(order, bar, from);
    case 'trailing_stop':
      return matchTrailingStop(order, bar, from);
  }
}

/** Whether a price is as high as a buyer's stop (or as low as a seller's) asks for. */
function reaches(side: OrderSide, price: number, level: number): boolean {
  return side === 1 ? price >= level : price <= level;
}

function matchLimit(order: MatchableOrder, bar: PriceBar, from: number): number {
  const { side, limitPrice } = order;
  const opposite: OrderSide = side === 1 ? -1 : 1;
  const start = Number.isNaN(from) ? bar.open : from;
  if (reaches(opposite, start, limitPrice)) return start;
  const extreme = side === 1 ? bar.low : bar.high;
  const reached = Number.isNaN(from) ? extreme : bar.close;
  return reaches(opposite, reached, limitPrice) ? limitPrice : Number.NaN;
}

function matchStop(side: OrderSide, stop: number, bar: PriceBar, from: number): number {
  const start = Number.isNaN(from) ? bar.open : from;
  if (reaches(side, start, stop)) return start;
  return reaches(side, side === 1 ? bar.high : bar.low, stop) ? stop : Number.NaN;
}

function matchStopLimit(order: MatchableOrder, bar: PriceBar, from: number): number {
  if (order.triggered) return matchLimit(order, bar, from);
  const { side, stopPrice } = order;
  const start = Number.isNaN(from) ? bar.open : from;
  if (reaches(side, start, stopPrice)) {
    order.triggered = true;
    return matchLimit(order, bar, from);
  }
  const extreme = side === 1 ? bar.high : bar.low;
  if (!reaches(side, Number.isNaN(from) ? extreme : bar.close, stopPrice)) return Number.NaN;
  order.triggered = true;
  // The price passes the stop itself; what it does after that within the bar only the close proves.
  return matchLimit(order, bar, stopPrice);
}

function matchTrailingStop(order: MatchableOrder, bar: PriceBar, from: number): number {
  const { side, trailPct } = order;
  const stop = order.bestPrice + (side * order.bestPrice * trailPct) / 100;
  const price = matchStop(side, stop, bar, from);
  const seen = Number.isNaN(from) ? (side === 1 ? bar.low : bar.high) : bar.close;
  order.bestPrice = side === 1 ? Math.min(order.bestPrice, seen) : Math.max(order.bestPrice, seen);
  return price;
}

/** The price after slippage, which is always for the worse; a sale never falls below zero. */
export function slip(price: number, side: OrderSide, slippage: Slippage): number {
  if (slippage === null) return price;
  const distance = 'rate' in slippage ? Math.abs(price) * slippage.rate : slippage.fixed;
  if (side === 1) return price + distance;
  return price > 0 ? Math.max(0, price - distance) : price - distance;
}

/** Limit orders fill at their price or not at all; everything else takes what the market gives. */
export function slips(type: OrderType): boolean {
  return type === 'market' || type === 'stop' || type === 'trailing_stop';
}

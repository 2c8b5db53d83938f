import {
  type MatchableOrder,
  matchOrder,
  type OrderSide,
  type OrderType,
  type PriceBar,
  slip,
  slips,
} from './match-order';
import type { Slippage } from './types';

/** Where a protecting order stands: at a price, or at a distance from the entry in percent. */
export type Level = { readonly price: number } | { readonly pct: number };

/** Orders that begin when their parent fills; the first of them to fill cancels the others. */
export interface Bracket {
  readonly stopLoss?: Level | null;
  readonly takeProfit?: Level | null;
  readonly trailingStopPct?: number | null;
}

export type OrderRole = 'order' | 'stop_loss' | 'take_profit' | 'trailing_stop';

export interface OrderTicket {
  readonly side: OrderSide;
  readonly type: OrderType;
  /** Units, or how many at the price of the fill (after slippage). 0 rejects the order. */
  readonly size: number | ((price: number) => number);
  readonly limitPrice?: number;
  readonly stopPrice?: number;
  /** Trailing stops: the distance in percent, and the price it starts from (default: the next open). */
  readonly trailPct?: number;
  readonly startPrice?: number;
  readonly bracket?: Bracket;
  /** Orders of one group (a number above zero): the first to fill cancels the rest. */
  readonly group?: number;
}

/** One fill, with slippage in its price. */
export interface Fill {
  readonly orderId: number;
  readonly parentId: number | null;
  readonly role: OrderRole;
  readonly side: OrderSide;
  readonly size: number;
  readonly price: number;
}

/** One shape for every order: the book of a back-test makes hundreds of thousands of them. */
class WorkingOrder implements MatchableOrder {
  readonly id: number;
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly size: OrderTicket['size'];
  role: OrderRole = 'order';
  parentId: number | null = null;
  group: number | null = null;
  bracket: Bracket | null = null;
  limitPrice = Number.NaN;
  stopPrice = Number.NaN;
  trailPct = Number.NaN;
  bestPrice = Number.NaN;
  triggered = false;
  /** The price at which it began within the present bar; NaN for one that was there at the open. */
  from = Number.NaN;
  /** The last bar that it met, by the book's own count. */
  met = 0;

  constructor(id: number, side: OrderSide, type: OrderType, size: OrderTicket['size']) {
    this.id = id;
    this.side = side;
    this.type = type;
    this.size = size;
  }
}

/**
 * The orders of one account on one instrument, matched against bars: back-tests and paper trading fill here.
 *
 * Within a bar market orders come first, at the open; then stops, then limits, each in the order of their
 * submission. So where a stop-loss and a take-profit both lie inside a bar, the stop-loss counts.
 */
export class OrderBook {
  private readonly slippage: Slippage;
  private readonly orders: WorkingOrder[] = [];
  private lastId = 0;
  private bars = 0;

  constructor(slippage: Slippage) {
    this.slippage = slippage;
  }

  /** How many orders are working. */
  get size(): number {
    return this.orders.length;
  }

  /** Adds an order and returns its id. It meets the next bar that is matched. */
  submit(ticket: OrderTicket): number {
    const order = this.add(ticket.side, ticket.type, ticket.size);
    order.group = ticket.group ?? null;
    order.bracket = ticket.bracket ?? null;
    order.limitPrice = ticket.limitPrice ?? Number.NaN;
    order.stopPrice = ticket.stopPrice ?? Number.NaN;
    order.trailPct = ticket.trailPct ?? Number.NaN;
    order.bestPrice = ticket.startPrice ?? Number.NaN;
    return order.id;
  }

  /** Takes an order out; its bracket never begins. False when it is not (or no longer) working. */
  cancel(id: number): boolean {
    return this.remove((order) => order.id === id);
  }

  cancelAll(): void {
    this.orders.length = 0;
  }

  /**
   * Matches one bar. `onFill` hears of every fill in order and may submit or cancel; what it submits waits for
   * the next bar. `onReject` hears of orders whose size came out as 0.
   */
  match(bar: PriceBar, onFill: (fill: Fill) => void, onReject: (orderId: number) => void): void {
    const newest = this.lastId;
    this.bars++;
    for (;;) {
      const order = this.nextToMeet(newest);
      if (order === null) break;
      order.met = this.bars;
      if (Number.isNaN(order.bestPrice)) order.bestPrice = bar.open;
      const price = matchOrder(order, bar, order.from);
      if (!Number.isNaN(price)) this.fill(order, price, bar, onFill, onReject);
    }
    for (const order of this.orders) order.from = Number.NaN;
  }

  /** Market orders, then stops, then limits; brackets join as their parents fill. */
  private nextToMeet(newest: number): WorkingOrder | null {
    let best: WorkingOrder | null = null;
    for (const order of this.orders) {
      if (order.met === this.bars || (order.id > newest && order.parentId === null)) continue;
      if (best === null || rank(order.type) < rank(best.type)) best = order;
    }
    return best;
  }

  private fill(
    order: WorkingOrder,
    reference: number,
    bar: PriceBar,
    onFill: (fill: Fill) => void,
    onReject: (orderId: number) => void,
  ): void {
    const { id, parentId, role, side, group } = order;
    const price = slips(order.type) ? slip(reference, side, this.slippage) : reference;
    this.remove((other) => other.id === id || (group !== null && other.group === group));
    const size = typeof order.size === 'number' ? order.size : order.size(price);
    if (!(size > 0)) return onReject(id);
    if (order.bracket !== null) {
      const atOpen = Number.isNaN(order.from) && reference === bar.open;
      this.addBracket(order, order.bracket, size, price, atOpen ? Number.NaN : price);
    }
    onFill({ orderId: id, parentId, role, side, size, price });
  }

  private addBracket(
    parent: WorkingOrder,
    { stopLoss = null, takeProfit = null, trailingStopPct = null }: Bracket,
    size: number,
    entry: number,
    from: number,
  ): void {
    const away: OrderSide = parent.side === 1 ? -1 : 1;
    if (stopLoss !== null) {
      const order = this.addChild(parent, 'stop', size, from);
      order.role = 'stop_loss';
      order.stopPrice = levelPrice(stopLoss, entry, away);
    }
    if (trailingStopPct !== null) {
      const order = this.addChild(parent, 'trailing_stop', size, from);
      order.role = 'trailing_stop';
      order.trailPct = trailingStopPct;
      order.bestPrice = entry;
    }
    if (takeProfit !== null) {
      const order = this.addChild(parent, 'limit', size, from);
      order.role = 'take_profit';
      order.limitPrice = levelPrice(takeProfit, entry, parent.side);
    }
  }

  private addChild(
    parent: WorkingOrder,
    type: OrderType,
    size: number,
    from: number,
  ): WorkingOrder {
    const order = this.add(parent.side === 1 ? -1 : 1, type, size);
    order.parentId = parent.id;
    // Negative, so that no group of a caller is ever meant.
    order.group = -parent.id;
    order.from = from;
    return order;
  }

  private add(side: OrderSide, type: OrderType, size: OrderTicket['size']): WorkingOrder {
    const order = new WorkingOrder(++this.lastId, side, type, size);
    this.orders.push(order);
    return order;
  }

  /** Takes out every order that matches, keeping the others in their order; false when none did. */
  private remove(matches: (order: WorkingOrder) => boolean): boolean {
    const { orders } = this;
    let kept = 0;
    for (const order of orders) if (!matches(order)) orders[kept++] = order;
    const removed = kept < orders.length;
    orders.length = kept;
    return removed;
  }
}

function rank(type: OrderType): number {
  if (type === 'market') return 0;
  return type === 'limit' ? 2 : 1;
}

/** `direction` 1 puts a percentage above the entry, −1 below it. */
function levelPrice(level: Level, entry: number, direction: OrderSide): number {
  return 'price' in level ? level.price : entry + (direction * entry * level.pct) / 100;
}

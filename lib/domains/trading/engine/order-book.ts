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

interface WorkingOrder extends MatchableOrder {
  readonly id: number;
  readonly parentId: number | null;
  readonly role: OrderRole;
  readonly group: number | null;
  readonly size: OrderTicket['size'];
  readonly bracket: Bracket | null;
  /** The price at which it began within the present bar; NaN for one that was there at the open. */
  from: number;
}

/**
 * The orders of one account on one instrument, matched against bars: back-tests and paper trading fill here.
 *
 * Within a bar market orders come first, at the open; then stops, then limits, each in the order of their
 * submission. So where a stop-loss and a take-profit both lie inside a bar, the stop-loss counts.
 */
export class OrderBook {
  private readonly slippage: Slippage;
  private orders: WorkingOrder[] = [];
  private lastId = 0;

  constructor(slippage: Slippage) {
    this.slippage = slippage;
  }

  get size(): number {
    return this.orders.length;
  }

  /** Adds an order and returns its id. It meets the next bar that is matched. */
  submit(ticket: OrderTicket): number {
    return this.add(ticket, 'order', null, Number.NaN);
  }

  /** Takes an order out; its bracket never begins. False when it is not (or no longer) working. */
  cancel(id: number): boolean {
    const before = this.orders.length;
    this.orders = this.orders.filter((order) => order.id !== id);
    return this.orders.length < before;
  }

  cancelAll(): void {
    if (this.orders.length > 0) this.orders = [];
  }

  /**
   * Matches one bar. `onFill` hears of every fill in order and may submit or cancel; what it submits waits for
   * the next bar. `onReject` hears of orders whose size came out as 0.
   */
  match(bar: PriceBar, onFill: (fill: Fill) => void, onReject: (orderId: number) => void): void {
    const lastKnown = this.lastId;
    const met = new Set<number>();
    for (;;) {
      const order = this.nextToMeet(met, lastKnown);
      if (order === undefined) break;
      met.add(order.id);
      if (Number.isNaN(order.bestPrice)) order.bestPrice = bar.open;
      const price = matchOrder(order, bar, order.from);
      if (!Number.isNaN(price)) this.fill(order, price, bar, onFill, onReject);
    }
    for (const order of this.orders) order.from = Number.NaN;
  }

  /** Market orders, then stops, then limits; brackets join as their parents fill. */
  private nextToMeet(met: ReadonlySet<number>, lastKnown: number): WorkingOrder | undefined {
    let best: WorkingOrder | undefined;
    for (const order of this.orders) {
      if (met.has(order.id) || (order.id > lastKnown && order.parentId === null)) continue;
      if (best === undefined || rank(order.type) < rank(best.type)) best = order;
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
    this.orders = this.orders.filter(
      (other) => other.id !== id && (group === null || other.group !== group),
    );
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
    bracket: Bracket,
    size: number,
    entry: number,
    from: number,
  ): void {
    const side: OrderSide = parent.side === 1 ? -1 : 1;
    // Negative, so that no group of a caller is ever meant.
    const common = { side, size, group: -parent.id };
    const { stopLoss = null, takeProfit = null, trailingStopPct = null } = bracket;
    if (stopLoss !== null) {
      const stopPrice = levelPrice(stopLoss, entry, side);
      this.add({ ...common, type: 'stop', stopPrice }, 'stop_loss', parent.id, from);
    }
    if (trailingStopPct !== null) {
      const trailing = { ...common, trailPct: trailingStopPct, startPrice: entry };
      this.add({ ...trailing, type: 'trailing_stop' }, 'trailing_stop', parent.id, from);
    }
    if (takeProfit !== null) {
      const limitPrice = levelPrice(takeProfit, entry, parent.side);
      this.add({ ...common, type: 'limit', limitPrice }, 'take_profit', parent.id, from);
    }
  }

  private add(ticket: OrderTicket, role: OrderRole, parentId: number | null, from: number): number {
    this.lastId++;
    this.orders.push({
      id: this.lastId,
      parentId,
      role,
      group: ticket.group ?? null,
      side: ticket.side,
      type: ticket.type,
      size: ticket.size,
      limitPrice: ticket.limitPrice ?? Number.NaN,
      stopPrice: ticket.stopPrice ?? Number.NaN,
      trailPct: ticket.trailPct ?? Number.NaN,
      bracket: ticket.bracket ?? null,
      triggered: false,
      bestPrice: ticket.startPrice ?? Number.NaN,
      from,
    });
    return this.lastId;
  }
}

function rank(type: OrderType): number {
  if (type === 'market') return 0;
  return type === 'limit' ? 2 : 1;
}

/** `direction` 1 puts a percentage above the entry, −1 below it. */
function levelPrice(level: Level, entry: number, direction: OrderSide): number {
  return 'price' in level ? level.price : entry * (1 + (direction * level.pct) / 100);
}

import { slip } from './match-order';
import { affordableUnits, commissionFor } from './position-size';
import type { RunNotes } from './run-notes';
import { TradeLog } from './trade-log';
import type { Bars, Commission, ExitReason, OpenPosition, Slippage } from './types';

export interface LedgerRules {
  readonly cash: number;
  readonly commission: Commission;
  readonly slippage: Slippage;
  readonly fraction: number;
  readonly wholeUnits: boolean;
}

/** Cash, the one position, and the trades closed so far. Both runners book here and nowhere else. */
export class PositionLedger {
  cash: number;
  /** Signed: above zero long, below short, 0 flat. */
  units = 0;
  entryIndex = -1;
  readonly trades = new TradeLog();
  private entryPrice = 0;
  private entryCommission = 0;
  private readonly rules: LedgerRules;
  private readonly notes: RunNotes;

  constructor(rules: LedgerRules, notes: RunNotes) {
    this.rules = rules;
    this.notes = notes;
    this.cash = rules.cash;
  }

  get side(): 1 | -1 | 0 {
    return this.units === 0 ? 0 : this.units > 0 ? 1 : -1;
  }

  get slippage(): Slippage {
    return this.rules.slippage;
  }

  /** Units for an entry at this price (slippage included) with the account flat; 0, noted, when there are none. */
  sizeAt(index: number, price: number): number {
    const { fraction, commission, wholeUnits } = this.rules;
    const units = affordableUnits(fraction * this.cash, price, commission, wholeUnits);
    if (units > 0) return units;
    this.notes.add(price > 0 ? (this.cash > 0 ? 'zero_size' : 'insolvent') : 'bad_price', index);
    return 0;
  }

  /** Opens at a reference price as a market order does: slippage first, then as many units as fit. */
  enter(index: number, side: 1 | -1, reference: number): void {
    const price = slip(reference, side, this.rules.slippage);
    const size = this.sizeAt(index, price);
    if (size > 0) this.open(index, side, size, price);
  }

  /** Closes at a reference price as a market order does. */
  leave(index: number, reference: number, reason: ExitReason): void {
    const price = slip(reference, this.units > 0 ? -1 : 1, this.rules.slippage);
    this.close(index, price, reason);
  }

  /** Books an entry that was filled at this very price. */
  open(index: number, side: 1 | -1, size: number, price: number): void {
    const commission = commissionFor(this.rules.commission, size, price);
    this.units = side * size;
    this.cash -= this.units * price + commission;
    this.entryIndex = index;
    this.entryPrice = price;
    this.entryCommission = commission;
  }

  /** Books an exit that was filled at this very price, and the trade with it. */
  close(index: number, price: number, reason: ExitReason): void {
    const size = Math.abs(this.units);
    const exitCommission = commissionFor(this.rules.commission, size, price);
    const commission = this.entryCommission + exitCommission;
    this.trades.add({
      side: this.units > 0 ? 1 : -1,
      size,
      entryIndex: this.entryIndex,
      exitIndex: index,
      entryPrice: this.entryPrice,
      exitPrice: price,
      commission,
      pnl: this.units * (price - this.entryPrice) - commission,
      reason,
    });
    this.cash += this.units * price - exitCommission;
    this.units = 0;
    this.entryIndex = -1;
  }

  /** The account can never trade again: it owes more than it has. */
  liquidate(index: number, reference: number): void {
    this.leave(index, reference, 'insolvent');
    this.notes.add('insolvent', index);
  }

  openPosition(bars: Bars): OpenPosition | null {
    if (this.units === 0) return null;
    const lastClose = bars.close[bars.close.length - 1]!;
    return {
      side: this.units > 0 ? 'long' : 'short',
      size: Math.abs(this.units),
      entryIndex: this.entryIndex,
      entryTime: bars.time[this.entryIndex]!,
      entryPrice: this.entryPrice,
      unrealizedPnl: this.units * (lastClose - this.entryPrice) - this.entryCommission,
    };
  }
}

import { EXIT_REASONS, type ExitReason, type Trade, type TradeColumns } from './types';

/** What is known of a trade when it is closed; times follow from the bars. */
export interface ClosedTrade {
  readonly side: 1 | -1;
  readonly size: number;
  readonly entryIndex: number;
  readonly exitIndex: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly commission: number;
  readonly pnl: number;
  readonly reason: ExitReason;
}

type Column = Float64Array | Int32Array | Int8Array | Uint8Array;

const FIRST_CAPACITY = 256;

/** Closed trades as columns that double when full. */
export class TradeLog {
  private count = 0;
  private capacity = FIRST_CAPACITY;
  private side: Int8Array = new Int8Array(FIRST_CAPACITY);
  private reason: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  private entryIndex: Int32Array = new Int32Array(FIRST_CAPACITY);
  private exitIndex: Int32Array = new Int32Array(FIRST_CAPACITY);
  private size: Float64Array = new Float64Array(FIRST_CAPACITY);
  private entryPrice: Float64Array = new Float64Array(FIRST_CAPACITY);
  private exitPrice: Float64Array = new Float64Array(FIRST_CAPACITY);
  private commission: Float64Array = new Float64Array(FIRST_CAPACITY);
  private pnl: Float64Array = new Float64Array(FIRST_CAPACITY);

  get length(): number {
    return this.count;
  }

  add(trade: ClosedTrade): void {
    if (this.count === this.capacity) this.resize(this.capacity * 2);
    const at = this.count++;
    this.side[at] = trade.side;
    this.reason[at] = EXIT_REASONS.indexOf(trade.reason);
    this.entryIndex[at] = trade.entryIndex;
    this.exitIndex[at] = trade.exitIndex;
    this.size[at] = trade.size;
    this.entryPrice[at] = trade.entryPrice;
    this.exitPrice[at] = trade.exitPrice;
    this.commission[at] = trade.commission;
    this.pnl[at] = trade.pnl;
  }

  /** The finished columns, of exactly the length that they need; `time` is that of the bars. */
  finish(time: Float64Array): TradeColumns {
    if (this.count < this.capacity) this.resize(this.count);
    const { count, side, size, entryIndex, exitIndex, entryPrice, exitPrice } = this;
    const entryTime = new Float64Array(count);
    const exitTime = new Float64Array(count);
    const returnPct = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      entryTime[i] = time[entryIndex[i]!]!;
      exitTime[i] = time[exitIndex[i]!]!;
      returnPct[i] = (100 * this.pnl[i]!) / (size[i]! * entryPrice[i]!);
    }
    const { commission, pnl, reason } = this;
    return {
      count,
      side,
      size,
      entryIndex,
      exitIndex,
      entryTime,
      exitTime,
      entryPrice,
      exitPrice,
      commission,
      pnl,
      returnPct,
      reason,
    };
  }

  private resize(capacity: number): void {
    this.side = resized(this.side, new Int8Array(capacity));
    this.reason = resized(this.reason, new Uint8Array(capacity));
    this.entryIndex = resized(this.entryIndex, new Int32Array(capacity));
    this.exitIndex = resized(this.exitIndex, new Int32Array(capacity));
    this.size = resized(this.size, new Float64Array(capacity));
    this.entryPrice = resized(this.entryPrice, new Float64Array(capacity));
    this.exitPrice = resized(this.exitPrice, new Float64Array(capacity));
    this.commission = resized(this.commission, new Float64Array(capacity));
    this.pnl = resized(this.pnl, new Float64Array(capacity));
    this.capacity = capacity;
  }
}

function resized<Kind extends Column>(from: Kind, to: Kind): Kind {
  to.set(from.subarray(0, Math.min(from.length, to.length)));
  return to;
}

/** The trades `from` (inclusive) to `to` (exclusive) as rows, for tables and exports. */
export function tradeRows(columns: TradeColumns, from = 0, to = columns.count): Trade[] {
  const rows: Trade[] = [];
  for (let i = Math.max(0, from); i < Math.min(to, columns.count); i++) {
    rows.push({
      side: columns.side[i] === 1 ? 'long' : 'short',
      size: columns.size[i]!,
      entryIndex: columns.entryIndex[i]!,
      exitIndex: columns.exitIndex[i]!,
      entryTime: columns.entryTime[i]!,
      exitTime: columns.exitTime[i]!,
      entryPrice: columns.entryPrice[i]!,
      exitPrice: columns.exitPrice[i]!,
      commission: columns.commission[i]!,
      pnl: columns.pnl[i]!,
      returnPct: columns.returnPct[i]!,
      reason: EXIT_REASONS[columns.reason[i]!] ?? 'end_of_data',
    });
  }
  return rows;
}

import type { Bars } from '@/lib/domains/trading/indicators/bars';

export type { Bars };

/** What one side of a trade costs: `rate` is a fraction of the traded value, `fixed` an amount in the quote currency. */
export interface Commission {
  readonly rate: number;
  readonly fixed: number;
}

/**
 * How much worse than the reference price a market or stop order fills: a fraction of the price or an
 * amount in the quote currency. Limit orders never slip. `null` is none.
 */
export type Slippage = { readonly rate: number } | { readonly fixed: number } | null;

export interface BacktestOptions {
  /** Starting cash in the quote currency, above zero. */
  readonly cash: number;
  /** Charged on entry and on exit. Default: none. */
  readonly commission?: Commission;
  readonly slippage?: Slippage;
  /** Close a position that is still open on the last bar's close, so that it counts as a trade. Default false. */
  readonly finalizeTrades?: boolean;
}

export type TradeSide = 'long' | 'short';

/** Codes of `TradeColumns.side`. */
export const SIDE_LONG = 1;
export const SIDE_SHORT = -1;

/** Why a position was closed; `TradeColumns.reason` holds the index into this list. */
export const EXIT_REASONS = [
  'opposite_entry',
  'exit_rule',
  'after_bars',
  'stop_loss',
  'take_profit',
  'trailing_stop',
  'insolvent',
  'end_of_data',
] as const;

export type ExitReason = (typeof EXIT_REASONS)[number];

/** Closed trades as columns, in the order in which they were closed. Prices include slippage. */
export interface TradeColumns {
  readonly count: number;
  /** 1 long, -1 short. */
  readonly side: Int8Array;
  /** Units, above zero. */
  readonly size: Float64Array;
  readonly entryIndex: Int32Array;
  readonly exitIndex: Int32Array;
  /** Epoch milliseconds of the entry bar. */
  readonly entryTime: Float64Array;
  readonly exitTime: Float64Array;
  readonly entryPrice: Float64Array;
  readonly exitPrice: Float64Array;
  /** Both sides together, quote currency. */
  readonly commission: Float64Array;
  /** Profit or loss after commission, quote currency. */
  readonly pnl: Float64Array;
  /** `pnl` in percent of the value at entry. */
  readonly returnPct: Float64Array;
  /** Index into `EXIT_REASONS`. */
  readonly reason: Uint8Array;
}

/** One closed trade, for tables and exports. */
export interface Trade {
  readonly side: TradeSide;
  readonly size: number;
  readonly entryIndex: number;
  readonly exitIndex: number;
  readonly entryTime: number;
  readonly exitTime: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly commission: number;
  readonly pnl: number;
  readonly returnPct: number;
  readonly reason: ExitReason;
}

/** The position held after the last bar. Its profit is in the equity curve, not among the trades. */
export interface OpenPosition {
  readonly side: TradeSide;
  readonly size: number;
  readonly entryIndex: number;
  readonly entryTime: number;
  readonly entryPrice: number;
  /** Marked at the last close, after the commission paid on entry. */
  readonly unrealizedPnl: number;
}

/** Something the reader of a result should know; each kind is counted, with the first bar where it happened. */
export interface RunNote {
  readonly code: 'zero_size' | 'bad_price' | 'no_next_bar' | 'insolvent' | 'no_trades';
  readonly message: string;
  readonly count: number;
  readonly firstIndex: number;
}

export interface BacktestResult {
  /** Number of bars that were run. */
  readonly bars: number;
  /** Bars at the start on which some indicator of the rules was undefined. */
  readonly warmup: number;
  /** Cash at the start, quote currency. */
  readonly cash: number;
  /** Equity at each bar's close, quote currency. */
  readonly equity: Float64Array;
  /** Percent below the highest equity so far, zero or negative, per bar. */
  readonly drawdownPct: Float64Array;
  readonly trades: TradeColumns;
  readonly openPosition: OpenPosition | null;
  readonly notes: readonly RunNote[];
}

/** Told now and then, with the share of the work done, 0 to 1. */
export type OnProgress = (fraction: number) => void;

/** Asked now and then; true ends the run with a `BacktestError` of code `cancelled`. */
export type ShouldCancel = () => boolean;

export type BacktestErrorCode = 'cancelled' | 'empty_bars' | 'invalid_bars' | 'invalid_options';

/**
 * Why a back-test could not run. `field` names the option at fault, `index` the first bar at fault.
 * Tell it by `code`: instances do not survive the way out of a worker thread.
 */
export class BacktestError extends Error {
  readonly code: BacktestErrorCode;
  readonly field: string | null;
  readonly index: number | null;

  constructor(
    code: BacktestErrorCode,
    message: string,
    at: { readonly field?: string; readonly index?: number } = {},
  ) {
    super(message);
    this.name = 'BacktestError';
    this.code = code;
    this.field = at.field ?? null;
    this.index = at.index ?? null;
  }
}

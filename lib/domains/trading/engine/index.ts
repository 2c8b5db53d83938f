export { digestBars, hashBacktest } from './hash-result';
export { findLookAhead, type LookAhead } from './look-ahead';
export {
  matchOrder,
  type MatchableOrder,
  type OrderSide,
  type OrderType,
  type PriceBar,
} from './match-order';
export {
  type MetricDefinition,
  metricDefinitions,
  type MetricName,
  type Metrics,
  type MetricUnit,
} from './metric-definitions';
export { computeMetrics } from './metrics';
export {
  type Bracket,
  type Fill,
  type Level,
  OrderBook,
  type OrderRole,
  type OrderTicket,
} from './order-book';
export { affordableUnits, commissionFor } from './position-size';
export { runBacktest } from './run-backtest';
export { tradeRows } from './trade-log';
export {
  BacktestError,
  type BacktestErrorCode,
  type BacktestOptions,
  type BacktestResult,
  type Bars,
  type Commission,
  EXIT_REASONS,
  type ExitReason,
  type OnProgress,
  type OpenPosition,
  type RunNote,
  type ShouldCancel,
  SIDE_LONG,
  SIDE_SHORT,
  type Slippage,
  type Trade,
  type TradeColumns,
  type TradeSide,
} from './types';

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

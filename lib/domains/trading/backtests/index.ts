export { cancelBacktest, cancelOrRemoveBacktest } from './cancel-backtest';
export { createBacktest } from './create-backtest';
export { getBacktest, getBacktestDetail } from './get-backtest';
export { getBacktestQuota } from './get-quota';
export { listBacktests } from './list-backtests';
export {
  exportEquity,
  exportTrades,
  listEquity,
  listTrades,
  readEquityChart,
} from './read-result';

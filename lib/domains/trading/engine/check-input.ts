import {
  BacktestError,
  type BacktestOptions,
  type Bars,
  type Commission,
  type Slippage,
} from './types';

export interface CheckedOptions {
  readonly cash: number;
  readonly commission: Commission;
  readonly slippage: Slippage;
  readonly finalizeTrades: boolean;
}

/** The most cash an account may start with: above it, amounts lose cents to rounding. */
const MAX_CASH = 1e12;

/** Options with their defaults. Throws `BacktestError` `invalid_options` naming the field. */
export function checkOptions(options: BacktestOptions): CheckedOptions {
  const { cash, commission = { rate: 0, fixed: 0 }, slippage = null } = options;
  if (!(cash > 0 && cash <= MAX_CASH)) {
    throw invalid('cash', `Cash has to be above 0 and at most ${MAX_CASH}.`);
  }
  checkRate(commission.rate, 'commission.rate');
  checkAmount(commission.fixed, 'commission.fixed');
  if (slippage !== null && 'rate' in slippage) checkRate(slippage.rate, 'slippage.rate');
  else if (slippage !== null) checkAmount(slippage.fixed, 'slippage.fixed');
  return { cash, commission, slippage, finalizeTrades: options.finalizeTrades ?? false };
}

function checkRate(value: number, field: string): void {
  if (!(value >= 0 && value < 1)) throw invalid(field, 'A rate is a fraction from 0 to below 1.');
}

function checkAmount(value: number, field: string): void {
  if (!(value >= 0 && value <= MAX_CASH)) throw invalid(field, 'An amount is 0 or more.');
}

function invalid(field: string, message: string): BacktestError {
  return new BacktestError('invalid_options', message, { field });
}

/** Throws `BacktestError` `empty_bars` or `invalid_bars` with the first bar at fault. */
export function checkBars(bars: Bars): void {
  const { time, open, high, low, close, volume } = bars;
  const length = time.length;
  if (length === 0) throw new BacktestError('empty_bars', 'There are no bars in this range.');
  if ([open, high, low, close, volume].some((column) => column.length !== length)) {
    throw new BacktestError('invalid_bars', 'The columns of the bars differ in length.');
  }
  let previous = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < length; index++) {
    // A sum is finite only if every part is, and only a finite number leaves 0 when taken from itself.
    const sum = open[index]! + high[index]! + low[index]! + close[index]! + volume[index]!;
    if (sum - sum !== 0) {
      throw new BacktestError('invalid_bars', 'A price or volume is not a number.', { index });
    }
    const now = time[index]!;
    if (!(now > previous) || now === Number.POSITIVE_INFINITY) {
      throw new BacktestError('invalid_bars', 'Times have to rise from bar to bar.', { index });
    }
    previous = now;
  }
}

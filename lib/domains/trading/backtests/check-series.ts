import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { DomainError, invalidField } from '@/lib/kernel/errors';
import { checkWindow, type WindowCheck } from '../market-data';
import { readWindow } from '../market-data/schemas';
import { MOST_BARS } from './policy';
import type { CreateBacktestInput } from './schemas';
import type { BacktestSpec } from './spec';

type Wanted = Pick<CreateBacktestInput, 'symbol' | 'timeframe' | 'from' | 'to'>;

/** One bar to decide on and the next to fill at. */
const FEWEST_BARS = 2;

/**
 * Finds the bars that a back-test is to run on, before anything is counted.
 * @throws not_found `unknown_symbol`; invalid `no_bars`, `range_upside_down`, `empty_range`, `too_many_bars`
 */
export async function checkSeries(
  tx: Tx,
  ctx: Ctx,
  wanted: Wanted,
): Promise<Pick<BacktestSpec, 'symbol' | 'timeframe' | 'from' | 'to' | 'currency'>> {
  const { symbol, timeframe } = wanted;
  const window = readWindow(wanted);
  if (window.from > window.to) {
    throw invalidField('from', 'range_upside_down', '"from" lies after "to".');
  }
  const found = await checkWindow(tx, ctx, { symbol, timeframe }, window, MOST_BARS + 1);
  if (!found.instrument) throw unknownSymbol(symbol);
  if (!found.timeframes.includes(timeframe)) throw noBars(wanted, found);
  if (found.bars < FEWEST_BARS) throw emptyRange(found);
  if (found.bars > MOST_BARS) {
    const message = `The range has over ${MOST_BARS.toLocaleString('en')} bars. Choose a shorter one, or a longer timeframe.`;
    throw invalidField('from', 'too_many_bars', message);
  }
  return {
    symbol: found.instrument.symbol,
    timeframe,
    from: Number.isFinite(window.from) ? window.from : null,
    to: Number.isFinite(window.to) ? window.to : null,
    currency: found.instrument.currency,
  };
}

function unknownSymbol(symbol: string): DomainError {
  const message = `There is no instrument ${symbol}. GET /instruments lists yours.`;
  const errors = [{ path: 'symbol', code: 'unknown_symbol', message }];
  return new DomainError('not_found', 'unknown_symbol', message, { errors });
}

function noBars({ symbol, timeframe }: Wanted, { timeframes }: WindowCheck): DomainError {
  const have = timeframes.length > 0 ? ` It has ${timeframes.join(', ')}.` : ' Upload some first.';
  return invalidField('timeframe', 'no_bars', `${symbol} has no ${timeframe} bars.${have}`);
}

function emptyRange({ bars, firstAt, lastAt }: WindowCheck): DomainError {
  const count = bars === 0 ? 'no bars' : 'only one bar';
  const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? '–';
  const message = `There ${bars === 0 ? 'are' : 'is'} ${count} in this range. The data runs from ${day(firstAt)} to ${day(lastAt)}.`;
  const errors = [
    { path: 'from', code: 'empty_range', message },
    { path: 'to', code: 'empty_range', message },
  ];
  return new DomainError('invalid', 'empty_range', message, { errors });
}

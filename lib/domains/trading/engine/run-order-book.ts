import { decideOrders, rulesAt } from './decide-orders';
import type { PriceBar } from './match-order';
import { type Bracket, type Fill, OrderBook } from './order-book';
import { markEquity, type Runner, type Simulation } from './simulation';
import type { ExitReason } from './types';

/**
 * The general runner: every order goes through the book, entries carry their stop-loss, take-profit and trailing
 * stop as a bracket that begins at the very open of the entry.
 */
export function createOrderBookRunner(simulation: Simulation): Runner {
  const { bars, ledger, strategy, rules } = simulation;
  const book = new OrderBook(ledger.slippage);
  const bracket = bracketOf(simulation);
  const bar: PriceBar = { open: 0, high: 0, low: 0, close: 0 };
  let index = 0;
  let closing: ExitReason | null = null;

  const onFill = (fill: Fill) => {
    if (fill.role !== 'order') ledger.close(index, fill.price, fill.role);
    else if (closing !== null) {
      ledger.close(index, fill.price, closing);
      closing = null;
    } else ledger.open(index, fill.side, fill.size, fill.price);
  };
  const onReject = () => {};

  function submitPending(): void {
    const { pending } = simulation;
    if (pending === null) return;
    simulation.pending = null;
    if (pending.close !== null) {
      closing = pending.close;
      book.cancelAll();
      const side = ledger.units > 0 ? -1 : 1;
      book.submit({ side, type: 'market', size: Math.abs(ledger.units) });
    }
    if (pending.enter !== 0) {
      const size = (price: number) => ledger.sizeAt(index, price);
      book.submit({ side: pending.enter, type: 'market', size, bracket });
    }
  }

  return (_simulation, from, to) => {
    for (let i = from; i < to; i++) {
      index = i;
      submitPending();
      if (book.size > 0) {
        bar.open = bars.open[i]!;
        bar.high = bars.high[i]!;
        bar.low = bars.low[i]!;
        bar.close = bars.close[i]!;
        book.match(bar, onFill, onReject);
      }
      if (markEquity(simulation, i) <= 0 && ledger.units !== 0) {
        book.cancelAll();
        ledger.liquidate(i, bars.close[i]!);
        markEquity(simulation, i);
      }
      const held = i - ledger.entryIndex + 1;
      simulation.pending = decideOrders(rulesAt(rules, i), ledger.side, held, strategy.exit);
    }
  };
}

function bracketOf(simulation: Simulation): Bracket {
  const { stopLossPct, takeProfitPct, trailingStopPct } = simulation.strategy.protect;
  return {
    stopLoss: stopLossPct === null ? null : { pct: stopLossPct },
    takeProfit: takeProfitPct === null ? null : { pct: takeProfitPct },
    trailingStopPct,
  };
}

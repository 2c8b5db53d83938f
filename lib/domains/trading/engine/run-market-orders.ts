import { decideOrders, rulesAt } from './decide-orders';
import { markEquity, type Simulation } from './simulation';

/**
 * Strategies without stops or targets need no order book: everything happens at an open. The loop touches the
 * ledger only where something is traded and otherwise marks the account.
 */
export function runMarketOrders(simulation: Simulation, from: number, to: number): void {
  const { bars, rules, ledger, equity, drawdownPct } = simulation;
  const { open, close } = bars;
  const policy = simulation.strategy.exit;
  const timed = policy.afterBars !== null;
  let { peak, pending } = simulation;
  let { cash, units } = ledger;
  for (let i = from; i < to; i++) {
    if (pending !== null) {
      if (pending.close !== null) ledger.leave(i, open[i]!, pending.close);
      if (pending.enter !== 0) ledger.enter(i, pending.enter, open[i]!);
      pending = null;
      ({ cash, units } = ledger);
    }
    const value = cash + units * close[i]!;
    equity[i] = value;
    if (value > peak) peak = value;
    drawdownPct[i] = (100 * (value - peak)) / peak;
    if (value <= 0 && units !== 0) {
      ledger.liquidate(i, close[i]!);
      ({ cash, units } = ledger);
      markEquity(simulation, i);
    }
    const holding = rulesAt(rules, i);
    if (holding !== 0 || (timed && units !== 0)) {
      pending = decideOrders(holding, ledger.side, i - ledger.entryIndex + 1, policy);
    }
  }
  simulation.peak = peak;
  simulation.pending = pending;
}

/** A rule run over real bars, as the landing page shows it. Epoch seconds, dollars, percent. */
export interface DemoRunView {
  fast: number;
  slow: number;
  time: number[];
  equity: number[];
  drawdownPct: number[];
  returnPct: number;
  maxDrawdownPct: number;
  trades: number;
  winRatePct: number;
  commissions: number;
}

export interface DemoView {
  from: string;
  to: string;
  bars: number;
  cash: number;
  commissionPct: number;
  benchmark: number[];
  benchmarkReturnPct: number;
  benchmarkMaxDrawdownPct: number;
  runs: DemoRunView[];
}

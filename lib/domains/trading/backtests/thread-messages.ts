import type {
  BacktestErrorCode,
  Bars,
  Metrics,
  OpenPosition,
  RunNote,
} from '@/lib/domains/trading/engine';
import type { BacktestSpec } from './spec';

/** What a thread is given. The bars' memory moves to it. */
export type ThreadInput = {
  spec: Pick<
    BacktestSpec,
    'definition' | 'params' | 'cash' | 'commission' | 'slippage' | 'finalizeTrades'
  >;
  bars: Bars;
  /** Two int32 shared by both sides, see `CANCEL` and `PROGRESS`. */
  control: SharedArrayBuffer;
};

/** Index of the flag that asks the thread to stop. */
export const CANCEL = 0;
/** Index of the progress, in ten-thousandths. */
export const PROGRESS = 1;
export const PROGRESS_SCALE = 10_000;

/** What a run comes to; the columns are those of result-columns.ts. */
export type ThreadResult = {
  equity: Float64Array[];
  chart: Float64Array[] | null;
  trades: Float64Array[];
  metrics: Metrics;
  hash: string;
  notes: RunNote[];
  openPosition: OpenPosition | null;
};

/** `refused` can't change by trying again; anything else that goes wrong ends the thread. */
export type ThreadMessage = (
  | { kind: 'done'; result: ThreadResult }
  | { kind: 'refused'; code: BacktestErrorCode; message: string }
) & {
  /** How long the thread computed, in seconds by the wall clock. */
  computeSeconds: number;
};

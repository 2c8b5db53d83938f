import type { Reason } from './scenario';

/** An item's time that is paid for with one line: from a moment to the end of its period. */
export interface Coverage {
  kind: 'trial' | 'period' | 'remaining';
  key: string;
  quantity: number;
  price: number;
  from: number;
  end: number;
  /** Where the period began, of which `[from, end)` is the rest. */
  periodStart: number;
}

/**
 * A moment at which money is spoken of. Facts of one second come in this order: months are closed (0), then a boundary
 * is passed (1), then acts are done in their order (2).
 */
export interface Moment {
  at: number;
  rank: 0 | 1 | 2;
  place: number;
  reason: Reason;
  usage: UsageLine[];
  givesBack: Coverage[];
  covers: Coverage[];
  /** False: the lines wait for the next invoice. */
  invoiced: boolean;
}

/** Overage of a month, or the correction of what was billed for it. */
export interface UsageLine {
  kind: 'overage' | 'correction';
  meter: string;
  month: number;
  to: number;
  quantity: number;
  amount: number;
}

import { sliceBars } from '@/lib/domains/trading/indicators/bars';
import type { CompiledStrategy, SignalColumns } from '@/lib/domains/trading/strategies/language';
import type { Bars } from './types';

/** A bar whose rules change when later bars are taken away. */
export interface LookAhead {
  readonly rule: keyof SignalColumns;
  readonly index: number;
  /** How many bars were kept when it changed. */
  readonly cut: number;
}

const RULES = ['entryLong', 'entryShort', 'exitLong', 'exitShort'] as const;

/**
 * Runs the rules again on the first part of the bars, cut at several places, and compares: a rule that sees only
 * the past says the same about a bar whatever comes after it. Returns the first difference, or null.
 */
export function findLookAhead(bars: Bars, strategy: CompiledStrategy, cuts = 5): LookAhead | null {
  const whole = strategy.signals(bars);
  const length = bars.close.length;
  for (let part = 1; part <= cuts; part++) {
    const cut = Math.floor((length * part) / (cuts + 1));
    if (cut === 0) continue;
    const truncated = strategy.signals(sliceBars(bars, 0, cut));
    for (const rule of RULES) {
      const index = firstDifference(truncated[rule], whole[rule]);
      if (index >= 0) return { rule, index, cut };
    }
  }
  return null;
}

function firstDifference(part: Uint8Array | null, whole: Uint8Array | null): number {
  return part === null || whole === null ? -1 : part.findIndex((flag, i) => flag !== whole[i]);
}

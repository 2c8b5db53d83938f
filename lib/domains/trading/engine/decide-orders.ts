import type { SignalColumns } from '@/lib/domains/trading/strategies/language';
import type { ExitReason } from './types';

/** The rules that hold on one bar, as bits. */
export const ENTRY_LONG = 1;
export const ENTRY_SHORT = 2;
export const EXIT_LONG = 4;
export const EXIT_SHORT = 8;

/** What is to happen at the next open. */
export interface Decision {
  readonly close: ExitReason | null;
  /** 1 long, −1 short, 0 nothing. */
  readonly enter: 1 | -1 | 0;
}

export interface ExitPolicy {
  readonly onOppositeEntry: boolean;
  readonly afterBars: number | null;
}

/**
 * What the rules of one bar mean for an account that is long (1), short (−1) or flat (0) and has held for
 * `held` bars, or null for nothing. An exit rule that holds forbids an entry on its side; entries both ways at
 * once cancel out; a position is not added to.
 */
export function decideOrders(
  rules: number,
  side: 1 | -1 | 0,
  held: number,
  policy: ExitPolicy,
): Decision | null {
  const entries = rules & (ENTRY_LONG | ENTRY_SHORT);
  const long = entries === ENTRY_LONG && (rules & EXIT_LONG) === 0;
  const short = entries === ENTRY_SHORT && (rules & EXIT_SHORT) === 0;
  const enter = long ? 1 : short ? -1 : 0;
  if (side === 0) return enter === 0 ? null : { close: null, enter };
  const opposite = enter !== 0 && enter !== side;
  const close = closingReason(rules, side, held, policy, opposite);
  return close === null ? null : { close, enter: opposite ? enter : 0 };
}

function closingReason(
  rules: number,
  side: 1 | -1,
  held: number,
  policy: ExitPolicy,
  opposite: boolean,
): ExitReason | null {
  if (opposite && policy.onOppositeEntry) return 'opposite_entry';
  if ((rules & (side === 1 ? EXIT_LONG : EXIT_SHORT)) !== 0) return 'exit_rule';
  return policy.afterBars !== null && held >= policy.afterBars ? 'after_bars' : null;
}

/** The four rules as columns that are read as `flags[i & mask]`: a rule that is missing is one 0, with mask 0. */
export interface RuleColumns {
  readonly entryLong: Uint8Array;
  readonly entryLongMask: number;
  readonly entryShort: Uint8Array;
  readonly entryShortMask: number;
  readonly exitLong: Uint8Array;
  readonly exitLongMask: number;
  readonly exitShort: Uint8Array;
  readonly exitShortMask: number;
}

export function ruleColumns(signals: SignalColumns): RuleColumns {
  const never = new Uint8Array(1);
  const maskOf = (flags: Uint8Array | null) => (flags === null ? 0 : -1);
  return {
    entryLong: signals.entryLong ?? never,
    entryLongMask: maskOf(signals.entryLong),
    entryShort: signals.entryShort ?? never,
    entryShortMask: maskOf(signals.entryShort),
    exitLong: signals.exitLong ?? never,
    exitLongMask: maskOf(signals.exitLong),
    exitShort: signals.exitShort ?? never,
    exitShortMask: maskOf(signals.exitShort),
  };
}

/** The rules that hold on one bar, as bits. */
export function rulesAt(rules: RuleColumns, i: number): number {
  return (
    rules.entryLong[i & rules.entryLongMask]! |
    (rules.entryShort[i & rules.entryShortMask]! << 1) |
    (rules.exitLong[i & rules.exitLongMask]! << 2) |
    (rules.exitShort[i & rules.exitShortMask]! << 3)
  );
}

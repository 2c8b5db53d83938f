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

/** Reads the rules of one bar; a rule that the strategy lacks costs nothing. */
export interface RuleReader {
  readonly entryLong: Uint8Array;
  readonly entryLongMask: number;
  readonly entryShort: Uint8Array;
  readonly entryShortMask: number;
  readonly exitLong: Uint8Array;
  readonly exitLongMask: number;
  readonly exitShort: Uint8Array;
  readonly exitShortMask: number;
}

/** Columns read as `flags[i & mask]`: a missing one is a single 0 with mask 0. */
export function createRuleReader(signals: SignalColumns): RuleReader {
  const never = new Uint8Array(1);
  return {
    entryLong: signals.entryLong ?? never,
    entryLongMask: signals.entryLong === null ? 0 : -1,
    entryShort: signals.entryShort ?? never,
    entryShortMask: signals.entryShort === null ? 0 : -1,
    exitLong: signals.exitLong ?? never,
    exitLongMask: signals.exitLong === null ? 0 : -1,
    exitShort: signals.exitShort ?? never,
    exitShortMask: signals.exitShort === null ? 0 : -1,
  };
}

export function readRules(reader: RuleReader, i: number): number {
  return (
    reader.entryLong[i & reader.entryLongMask]! |
    (reader.entryShort[i & reader.entryShortMask]! << 1) |
    (reader.exitLong[i & reader.exitLongMask]! << 2) |
    (reader.exitShort[i & reader.exitShortMask]! << 3)
  );
}

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

/** The four rules of every bar as one column of bits. */
export function mergeRules(signals: SignalColumns, length: number): Uint8Array {
  // A missing rule reads as one 0 for every bar: `flags[i & 0]`.
  const never = new Uint8Array(1);
  const { entryLong, entryShort, exitLong, exitShort } = signals;
  const [a, aMask] = entryLong === null ? [never, 0] : [entryLong, -1];
  const [b, bMask] = entryShort === null ? [never, 0] : [entryShort, -1];
  const [c, cMask] = exitLong === null ? [never, 0] : [exitLong, -1];
  const [d, dMask] = exitShort === null ? [never, 0] : [exitShort, -1];
  const rules = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    rules[i] = a[i & aMask]! | (b[i & bMask]! << 1) | (c[i & cMask]! << 2) | (d[i & dMask]! << 3);
  }
  return rules;
}

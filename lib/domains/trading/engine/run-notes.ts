import type { RunNote } from './types';

type Code = RunNote['code'];

const MESSAGES: Readonly<Record<Code, string>> = {
  zero_size: 'An entry was skipped: the money at hand did not buy one unit, commission included.',
  bad_price: 'An entry was skipped: the price was not above zero.',
  no_next_bar: 'The last bar gave a signal, and there is no next open to fill it at.',
  insolvent:
    'Losses used up the account; the position was closed and nothing was traded after that.',
  no_trades:
    'No trade was closed: the rules never met on these bars, or the only position is still open.',
};

/** Counts what the reader of a result should know, without keeping one entry for each of a million bars. */
export class RunNotes {
  private readonly seen = new Map<Code, { count: number; readonly firstIndex: number }>();

  add(code: Code, index: number): void {
    const known = this.seen.get(code);
    if (known === undefined) this.seen.set(code, { count: 1, firstIndex: index });
    else known.count++;
  }

  list(): RunNote[] {
    return [...this.seen].map(([code, { count, firstIndex }]) => ({
      code,
      message: MESSAGES[code],
      count,
      firstIndex,
    }));
  }
}

import type { IndicatorCall, NumberNode } from './expression';
import type { Fault, FaultCode, FaultPath } from './fault';
import { LIMITS } from './limits';

export interface ParamRange {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** What reading one document needs to remember; every fault goes through `report`. */
export interface ParseContext {
  readonly params: ReadonlyMap<string, ParamRange>;
  /** Parameters that stand where only whole numbers make sense. */
  readonly integerParams: Set<string>;
  readonly faults: Fault[];
  /** Every indicator call and where it stands, for checks that need the values of parameters. */
  readonly calls: { readonly call: IndicatorCall; readonly path: FaultPath }[];
  nodes: number;
  /**
   * The expression named under `indicators`, read on first use; null when it is faulty (reported there),
   * undefined when there is none of that name, `circular` when it leads back to itself.
   */
  resolveAlias(name: string): NumberNode | null | undefined | 'circular';
}

export function report(
  context: ParseContext,
  path: FaultPath,
  code: FaultCode,
  message: string,
): null {
  if (context.faults.length < LIMITS.errors) context.faults.push({ path, code, message });
  return null;
}

/** ` Did you mean "sma"?` when one of the known names is a typing slip away, else nothing. */
export function suggestion(name: string, known: Iterable<string>): string {
  let best: string | null = null;
  let bestDistance = 3;
  for (const candidate of known) {
    const distance = editDistance(name.slice(0, 40).toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best === null ? '' : ` Did you mean "${best}"?`;
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

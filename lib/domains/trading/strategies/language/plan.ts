import type { PriceColumn } from '@/lib/domains/trading/indicators/bars';
import type { IndicatorSpec } from '@/lib/domains/trading/indicators/indicator-spec';
import type { ArithmeticOperator, ComparisonOperator } from './expression';

/** Where a step finds a column of numbers. */
export type NumberRef =
  | { readonly kind: 'slot'; readonly slot: number }
  | { readonly kind: 'price'; readonly column: PriceColumn }
  | { readonly kind: 'constant'; readonly value: number };

/** One pass over the bars that fills the columns in `outputs`. */
export type Step = { readonly outputs: readonly number[] } & (
  | {
      readonly kind: 'indicator';
      readonly spec: IndicatorSpec;
      readonly params: readonly number[];
      readonly source: NumberRef | null;
    }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: NumberRef;
      readonly right: NumberRef;
    }
  | { readonly kind: 'shift'; readonly source: NumberRef; readonly bars: number }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: NumberRef;
      readonly right: NumberRef;
    }
  /** Outputs: crosses above, crosses below. Both fall out of one pass. */
  | { readonly kind: 'cross'; readonly left: NumberRef; readonly right: NumberRef }
  | {
      readonly kind: 'between';
      readonly value: NumberRef;
      readonly low: NumberRef;
      readonly high: NumberRef;
    }
  | {
      readonly kind: 'logic';
      readonly operator: 'and' | 'or';
      readonly operands: readonly number[];
    }
  | { readonly kind: 'not'; readonly operand: number }
  | { readonly kind: 'time'; readonly from: number; readonly to: number }
  | { readonly kind: 'weekday'; readonly days: readonly number[] }
  | { readonly kind: 'constant_flag'; readonly value: boolean }
);

/** A column that a step fills. */
export interface Slot {
  readonly type: 'numbers' | 'flags';
  /** Bars at the start on which its numbers are undefined; flags are never. */
  readonly warmup: number;
}

/** Steps in an order in which every column is filled before it is read. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly slots: readonly Slot[];
  /** Slots whose memory may be used again after the step of the same index. */
  readonly releases: readonly (readonly number[])[];
}

/** The columns that a step reads. */
export function stepInputs(step: Step): readonly number[] {
  switch (step.kind) {
    case 'indicator':
      return step.source === null ? [] : slotsOf([step.source]);
    case 'arithmetic':
    case 'comparison':
    case 'cross':
      return slotsOf([step.left, step.right]);
    case 'shift':
      return slotsOf([step.source]);
    case 'between':
      return slotsOf([step.value, step.low, step.high]);
    case 'logic':
      return step.operands;
    case 'not':
      return [step.operand];
    default:
      return [];
  }
}

function slotsOf(refs: readonly NumberRef[]): number[] {
  return refs.flatMap((ref) => (ref.kind === 'slot' ? [ref.slot] : []));
}

/** Orders the release of each column after the last step that reads it; `kept` are never released. */
export function planReleases(
  steps: readonly Step[],
  kept: ReadonlySet<number>,
): readonly (readonly number[])[] {
  const lastUse = new Map<number, number>();
  steps.forEach((step, index) => {
    for (const slot of [...step.outputs, ...stepInputs(step)]) lastUse.set(slot, index);
  });
  const releases: number[][] = steps.map(() => []);
  for (const [slot, index] of lastUse) if (!kept.has(slot)) releases[index]?.push(slot);
  return releases;
}

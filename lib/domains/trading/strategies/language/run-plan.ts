import type { Bars } from '@/lib/domains/trading/indicators/bars';
import type { BufferPool } from './buffer-pool';
import {
  betweenColumn,
  calculateColumn,
  columnOperand,
  combineFlags,
  compareColumn,
  constantOperand,
  crossColumns,
  negateFlags,
  type Operand,
  shiftColumn,
  timeFlags,
  weekdayFlags,
} from './kernels';
import type { NumberRef, Plan, Step } from './plan';

/** The columns that a run of a plan left standing. */
export interface PlanColumns {
  /** For a price, the bars' own column. */
  numbers(ref: NumberRef): Float64Array;
  flags(slot: number): Uint8Array;
}

/** Runs every step over whole columns, giving memory back as soon as nobody will read it. */
export function runPlan(
  plan: Plan,
  bars: Bars,
  pool: BufferPool,
  onStep: (fraction: number) => void = () => {},
): PlanColumns {
  const length = bars.close.length;
  const columns = new Map<number, Float64Array | Uint8Array>();
  const store: ColumnStore = {
    bars,
    pool,
    numbers: (slot) => columns.get(slot) as Float64Array,
    flags: (slot) => columns.get(slot) as Uint8Array,
  };
  plan.steps.forEach((step, index) => {
    for (const slot of step.outputs) {
      const numeric = plan.slots[slot]?.type === 'numbers';
      columns.set(slot, numeric ? pool.numbers(length) : pool.flags(length));
    }
    runStep(step, store);
    for (const slot of plan.releases[index] ?? []) {
      const column = columns.get(slot);
      if (column !== undefined) pool.release(column);
      columns.delete(slot);
    }
    onStep((index + 1) / plan.steps.length);
  });
  return {
    numbers: (ref) => materialise(store, ref).column,
    flags: (slot) => store.flags(slot),
  };
}

interface ColumnStore {
  readonly bars: Bars;
  readonly pool: BufferPool;
  numbers(slot: number): Float64Array;
  flags(slot: number): Uint8Array;
}

function runStep(step: Step, store: ColumnStore): void {
  const [slot = -1, second = -1] = step.outputs;
  const { time } = store.bars;
  switch (step.kind) {
    case 'indicator':
      return runIndicator(step, store);
    case 'arithmetic': {
      const [left, right] = [operand(store, step.left), operand(store, step.right)];
      return calculateColumn(step.operator, left, right, store.numbers(slot));
    }
    case 'shift':
      return shiftColumn(operand(store, step.source), step.bars, store.numbers(slot));
    case 'comparison': {
      const [left, right] = [operand(store, step.left), operand(store, step.right)];
      return compareColumn(step.operator, left, right, store.flags(slot));
    }
    case 'cross': {
      const [left, right] = [operand(store, step.left), operand(store, step.right)];
      return crossColumns(left, right, store.flags(slot), store.flags(second));
    }
    case 'between': {
      const [low, high] = [operand(store, step.low), operand(store, step.high)];
      return betweenColumn(operand(store, step.value), low, high, store.flags(slot));
    }
    case 'logic':
      return combineFlags(
        step.operator,
        step.operands.map((flag) => store.flags(flag)),
        store.flags(slot),
      );
    case 'not':
      return negateFlags(store.flags(step.operand), store.flags(slot));
    case 'time':
      return timeFlags(time, step.from, step.to, store.flags(slot));
    case 'weekday':
      return weekdayFlags(time, step.days, store.flags(slot));
    case 'constant_flag':
      store.flags(slot).fill(step.value ? 1 : 0);
  }
}

function runIndicator(step: Step & { kind: 'indicator' }, store: ColumnStore): void {
  const source = step.source === null ? null : materialise(store, step.source);
  const outputs = step.outputs.map((column) => store.numbers(column));
  step.spec.compute(store.bars, source?.column ?? store.bars.close, step.params, outputs);
  if (source?.borrowed) store.pool.release(source.column);
}

function operand(store: ColumnStore, ref: NumberRef): Operand {
  if (ref.kind === 'constant') return constantOperand(ref.value);
  return columnOperand(ref.kind === 'price' ? store.bars[ref.column] : store.numbers(ref.slot));
}

/** A whole column even for a constant; `borrowed` ones go back to the pool after use. */
function materialise(
  store: ColumnStore,
  ref: NumberRef,
): { readonly column: Float64Array; readonly borrowed: boolean } {
  if (ref.kind !== 'constant') return { column: operand(store, ref).data, borrowed: false };
  const column = store.pool.numbers(store.bars.close.length).fill(ref.value);
  return { column, borrowed: true };
}

import type { BooleanNode, NumberNode, Scalar } from './expression';
import { type NumberRef, type Plan, planReleases, type Slot, type Step } from './plan';
import type { ParamValues } from './strategy-params';

type StepBody = Step extends infer Each
  ? Each extends Step
    ? Omit<Each, 'outputs'>
    : never
  : never;

/**
 * Turns expressions into steps. Equal expressions become one step however often and wherever they are written,
 * and arithmetic on constants is done here.
 */
export interface PlanBuilder {
  number(node: NumberNode): NumberRef;
  boolean(node: BooleanNode): number;
  warmupOf(slot: number): number;
  build(kept: Iterable<number>): Plan;
}

export function createPlanBuilder(params: ParamValues): PlanBuilder {
  const steps: Step[] = [];
  const slots: Slot[] = [];
  const known = new Map<string, readonly number[]>();

  /** The output columns of a step, adding it unless an equal one exists. `key` names inputs by slot. */
  function emit(key: string, body: StepBody, types: readonly Slot['type'][], warmup: number) {
    const existing = known.get(key);
    if (existing !== undefined) return existing;
    const outputs = types.map((type) => slots.push({ type, warmup }) - 1);
    steps.push({ ...body, outputs } as Step);
    known.set(key, outputs);
    return outputs;
  }
  const warmupOf = (...refs: readonly NumberRef[]) =>
    Math.max(0, ...refs.map((ref) => (ref.kind === 'slot' ? (slots[ref.slot]?.warmup ?? 0) : 0)));
  const value = (scalar: Scalar) =>
    scalar.kind === 'number' ? scalar.value : (params[scalar.name] ?? Number.NaN);

  function number(node: NumberNode): NumberRef {
    switch (node.kind) {
      case 'number':
      case 'param':
        return { kind: 'constant', value: value(node) };
      case 'price':
        return { kind: 'price', column: node.column };
      case 'indicator':
        return indicator(node);
      case 'arithmetic': {
        const [first, ...rest] = node.operands.map(number);
        if (first === undefined) throw new RangeError('Arithmetic without operands');
        if (rest.length === 0) return binary('-', { kind: 'constant', value: 0 }, first);
        return rest.reduce((left, right) => binary(node.operator, left, right), first);
      }
      case 'shift': {
        const source = number(node.source);
        const bars = value(node.bars);
        if (bars === 0) return source;
        const warmup = warmupOf(source) + bars;
        const key = `shift ${keyOf(source)} ${bars}`;
        return slotRef(emit(key, { kind: 'shift', source, bars }, ['numbers'], warmup)[0]);
      }
    }
  }

  function indicator({ call, output }: NumberNode & { kind: 'indicator' }): NumberRef {
    const source = call.source === null ? null : number(call.source);
    const args = call.args.map(value);
    const warmup = call.spec.warmup(args) + (source === null ? 0 : warmupOf(source));
    const key = `${call.spec.name}(${source === null ? '' : keyOf(source)};${args.join()})`;
    const body = { kind: 'indicator', spec: call.spec, params: args, source } as const;
    const types = call.spec.outputs.map(() => 'numbers' as const);
    return slotRef(emit(key, body, types, warmup)[output]);
  }

  function binary(operator: '+' | '-' | '*' | '/', left: NumberRef, right: NumberRef): NumberRef {
    if (left.kind === 'constant' && right.kind === 'constant') {
      return { kind: 'constant', value: calculate(operator, left.value, right.value) };
    }
    const key = `${operator} ${keyOf(left)} ${keyOf(right)}`;
    const body = { kind: 'arithmetic', operator, left, right } as const;
    return slotRef(emit(key, body, ['numbers'], warmupOf(left, right))[0]);
  }

  function boolean(node: BooleanNode): number {
    switch (node.kind) {
      case 'comparison': {
        const [left, right] = [number(node.left), number(node.right)];
        const key = `${node.operator} ${keyOf(left)} ${keyOf(right)}`;
        const body = { kind: 'comparison', operator: node.operator, left, right } as const;
        return first(emit(key, body, ['flags'], warmupOf(left, right)));
      }
      case 'cross': {
        const [left, right] = [number(node.left), number(node.right)];
        const key = `cross ${keyOf(left)} ${keyOf(right)}`;
        const body = { kind: 'cross', left, right } as const;
        const outputs = emit(key, body, ['flags', 'flags'], warmupOf(left, right) + 1);
        return first(node.direction === 'above' ? outputs : outputs.slice(1));
      }
      case 'between': {
        const [of, low, high] = [number(node.value), number(node.low), number(node.high)];
        const key = `between ${keyOf(of)} ${keyOf(low)} ${keyOf(high)}`;
        const body = { kind: 'between', value: of, low, high } as const;
        return first(emit(key, body, ['flags'], warmupOf(of, low, high)));
      }
      default:
        return plainBoolean(node);
    }
  }

  function plainBoolean(
    node: Exclude<BooleanNode, { kind: 'comparison' | 'cross' | 'between' }>,
  ): number {
    switch (node.kind) {
      case 'boolean': {
        const body = { kind: 'constant_flag', value: node.value } as const;
        return first(emit(`flag ${node.value}`, body, ['flags'], 0));
      }
      case 'logic': {
        const operands = [...new Set(node.operands.map(boolean))];
        const warmup = Math.max(...operands.map((slot) => slots[slot]?.warmup ?? 0));
        const body = { kind: 'logic', operator: node.operator, operands } as const;
        return first(emit(`${node.operator} ${operands.join()}`, body, ['flags'], warmup));
      }
      case 'not': {
        const operand = boolean(node.operand);
        const warmup = slots[operand]?.warmup ?? 0;
        return first(emit(`not ${operand}`, { kind: 'not', operand }, ['flags'], warmup));
      }
      case 'time': {
        const { from, to } = node;
        return first(emit(`time ${from} ${to}`, { kind: 'time', from, to }, ['flags'], 0));
      }
      case 'weekday': {
        const { days } = node;
        return first(emit(`days ${days.join()}`, { kind: 'weekday', days }, ['flags'], 0));
      }
    }
  }

  return {
    number,
    boolean,
    warmupOf: (slot) => slots[slot]?.warmup ?? 0,
    build: (kept) => ({ steps, slots, releases: planReleases(steps, new Set(kept)) }),
  };
}

function keyOf(ref: NumberRef): string {
  if (ref.kind === 'slot') return `#${ref.slot}`;
  return ref.kind === 'price' ? ref.column : String(ref.value);
}

function first(outputs: readonly number[]): number {
  const [slot] = outputs;
  if (slot === undefined) throw new RangeError('A step without outputs');
  return slot;
}

function slotRef(slot: number | undefined): NumberRef {
  if (slot === undefined) throw new RangeError('A step without that output');
  return { kind: 'slot', slot };
}

/** Division by zero is undefined, never infinite. */
function calculate(operator: '+' | '-' | '*' | '/', left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? Number.NaN : left / right;
  }
}

import type { ArithmeticOperator, BooleanNode, NumberNode, Scalar } from './expression';
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
export class PlanBuilder {
  private readonly params: ParamValues;
  private readonly steps: Step[] = [];
  private readonly slots: Slot[] = [];
  private readonly known = new Map<string, readonly number[]>();
  /** A named indicator is one node however often it is used: read once, or chains of names double the work. */
  private readonly read = new Map<NumberNode, NumberRef>();

  constructor(params: ParamValues) {
    this.params = params;
  }

  /** Where the numbers of an expression will be. */
  number(node: NumberNode): NumberRef {
    const before = this.read.get(node);
    if (before !== undefined) return before;
    const ref = this.place(node);
    this.read.set(node, ref);
    return ref;
  }

  private place(node: NumberNode): NumberRef {
    switch (node.kind) {
      case 'number':
      case 'param':
        return { kind: 'constant', value: this.valueOf(node) };
      case 'price':
        return { kind: 'price', column: node.column };
      case 'indicator':
        return this.indicator(node);
      case 'arithmetic': {
        const [first, ...rest] = node.operands.map((operand) => this.number(operand));
        if (first === undefined) throw new RangeError('Arithmetic without operands');
        if (rest.length === 0) return this.arithmetic('-', { kind: 'constant', value: 0 }, first);
        return rest.reduce((left, right) => this.arithmetic(node.operator, left, right), first);
      }
      case 'shift': {
        const source = this.number(node.source);
        const bars = this.valueOf(node.bars);
        if (bars === 0) return source;
        const warmup = this.warmupOf(source) + bars;
        const key = `shift ${keyOf(source)} ${bars}`;
        return slotRef(this.emit(key, { kind: 'shift', source, bars }, ['numbers'], warmup), 0);
      }
    }
  }

  /** The slot in which a condition's flags will be. */
  boolean(node: BooleanNode): number {
    switch (node.kind) {
      case 'comparison': {
        const [left, right] = [this.number(node.left), this.number(node.right)];
        const key = `${node.operator} ${keyOf(left)} ${keyOf(right)}`;
        const body = { kind: 'comparison', operator: node.operator, left, right } as const;
        return this.flag(key, body);
      }
      case 'cross': {
        const [left, right] = [this.number(node.left), this.number(node.right)];
        const key = `cross ${keyOf(left)} ${keyOf(right)}`;
        const outputs = this.emit(key, { kind: 'cross', left, right }, ['flags', 'flags']);
        return slotAt(outputs, node.direction === 'above' ? 0 : 1);
      }
      case 'between': {
        const [value, low] = [this.number(node.value), this.number(node.low)];
        const high = this.number(node.high);
        const key = `between ${keyOf(value)} ${keyOf(low)} ${keyOf(high)}`;
        const body = { kind: 'between', value, low, high } as const;
        return this.flag(key, body);
      }
      case 'logic': {
        const operands = [...new Set(node.operands.map((operand) => this.boolean(operand)))];
        const body = { kind: 'logic', operator: node.operator, operands } as const;
        return this.flag(`${node.operator} ${operands.join()}`, body);
      }
      case 'not': {
        const operand = this.boolean(node.operand);
        return this.flag(`not ${operand}`, { kind: 'not', operand });
      }
      case 'boolean': {
        const body = { kind: 'constant_flag', value: node.value } as const;
        return this.flag(`flag ${node.value}`, body);
      }
      case 'time':
        return this.flag(`time ${node.from} ${node.to}`, node);
      case 'weekday':
        return this.flag(`days ${node.days.join()}`, node);
    }
  }

  /** Bars at the start on which some indicator read so far is undefined. */
  indicatorWarmup(): number {
    const slots = this.steps.flatMap(({ kind, outputs }) => (kind === 'indicator' ? outputs : []));
    return Math.max(0, ...slots.map((slot) => this.slotWarmup(slot)));
  }

  private slotWarmup(slot: number): number {
    return this.slots[slot]?.warmup ?? 0;
  }

  /** The finished plan; the columns in `kept` outlive it. */
  build(kept: Iterable<number>): Plan {
    const { steps, slots } = this;
    return { steps, slots, releases: planReleases(steps, new Set(kept)) };
  }

  private indicator({ call, output }: NumberNode & { kind: 'indicator' }): NumberRef {
    const source = call.source === null ? null : this.number(call.source);
    const params = call.args.map((arg) => this.valueOf(arg));
    const warmup = call.spec.warmup(params) + (source === null ? 0 : this.warmupOf(source));
    const key = `${call.spec.name}(${source === null ? '' : keyOf(source)};${params.join()})`;
    const body = { kind: 'indicator', spec: call.spec, params, source } as const;
    const types = call.spec.outputs.map(() => 'numbers' as const);
    return slotRef(this.emit(key, body, types, warmup), output);
  }

  private arithmetic(operator: ArithmeticOperator, left: NumberRef, right: NumberRef): NumberRef {
    if (left.kind === 'constant' && right.kind === 'constant') {
      return { kind: 'constant', value: calculate(operator, left.value, right.value) };
    }
    const key = `${operator} ${keyOf(left)} ${keyOf(right)}`;
    const body = { kind: 'arithmetic', operator, left, right } as const;
    return slotRef(this.emit(key, body, ['numbers'], this.warmupOf(left, right)), 0);
  }

  private flag(key: string, body: StepBody): number {
    return slotAt(this.emit(key, body, ['flags']), 0);
  }

  /** The output columns of a step, adding it unless an equal one exists. `key` names inputs by slot. */
  private emit(
    key: string,
    body: StepBody,
    types: readonly Slot['type'][],
    warmup = 0,
  ): readonly number[] {
    const existing = this.known.get(key);
    if (existing !== undefined) return existing;
    const outputs = types.map((type) => this.slots.push({ type, warmup }) - 1);
    this.steps.push({ ...body, outputs } as Step);
    this.known.set(key, outputs);
    return outputs;
  }

  private warmupOf(...refs: readonly NumberRef[]): number {
    return Math.max(0, ...refs.map((ref) => (ref.kind === 'slot' ? this.slotWarmup(ref.slot) : 0)));
  }

  private valueOf(scalar: Scalar): number {
    return scalar.kind === 'number' ? scalar.value : (this.params[scalar.name] ?? Number.NaN);
  }
}

function keyOf(ref: NumberRef): string {
  if (ref.kind === 'slot') return `#${ref.slot}`;
  return ref.kind === 'price' ? ref.column : String(ref.value);
}

function slotAt(outputs: readonly number[], index: number): number {
  const slot = outputs[index];
  if (slot === undefined) throw new RangeError('A step without that output');
  return slot;
}

function slotRef(outputs: readonly number[], index: number): NumberRef {
  return { kind: 'slot', slot: slotAt(outputs, index) };
}

/** Division by zero is undefined, never infinite. */
function calculate(operator: ArithmeticOperator, left: number, right: number): number {
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

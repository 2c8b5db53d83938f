import type { StrategyDefinition } from './definition-shape';
import type { BooleanNode, NumberNode, Scalar } from './expression';
import { WEEKDAYS } from './parse-calendar';

const COMPARISONS = {
  '>': 'is above',
  '<': 'is below',
  '>=': 'is at or above',
  '<=': 'is at or below',
  '==': 'equals',
} as const;

const DAY_NAMES = {
  sun: 'Sunday',
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
} as const;

/** Words for the parts of one document. */
export class Phrases {
  private readonly document: StrategyDefinition;
  private readonly named: ReadonlyMap<NumberNode, string>;

  constructor(document: StrategyDefinition, named: ReadonlyMap<NumberNode, string>) {
    this.document = document;
    this.named = named;
  }

  scalar(value: Scalar | null): string {
    if (value === null) return 'none';
    if (value.kind === 'number') return String(value.value);
    return `${value.name} (${this.document.params[value.name]?.default})`;
  }

  /** What an expression is made of, even where it has a name. */
  definition(node: NumberNode): string {
    switch (node.kind) {
      case 'number':
      case 'param':
        return this.scalar(node);
      case 'price':
        return `the ${node.column}`;
      case 'shift':
        return `${this.number(node.source)} ${bars(this.scalar(node.bars))} ago`;
      case 'arithmetic': {
        const operands = node.operands.map((operand) => this.number(operand));
        if (operands.length === 1) return `−(${operands[0]})`;
        return `(${operands.join({ '+': ' + ', '-': ' − ', '*': ' × ', '/': ' / ' }[node.operator])})`;
      }
      case 'indicator':
        return this.indicator(node);
    }
  }

  condition(node: BooleanNode): string {
    switch (node.kind) {
      case 'boolean':
        return node.value ? 'always' : 'never';
      case 'comparison': {
        const [left, right] = [this.number(node.left), this.number(node.right)];
        return `${left} ${COMPARISONS[node.operator]} ${right}`;
      }
      case 'cross':
        return `${this.number(node.left)} crosses ${node.direction} ${this.number(node.right)}`;
      case 'between': {
        const [low, high] = [this.number(node.low), this.number(node.high)];
        return `${this.number(node.value)} lies from ${low} to ${high}`;
      }
      case 'logic':
        return node.operands.map((operand) => this.grouped(operand)).join(` ${node.operator} `);
      case 'not':
        return `not ${this.grouped(node.operand)}`;
      case 'time':
        return `the time is from ${clock(node.from)} to before ${clock(node.to)} UTC`;
      case 'weekday':
        return `the day is ${node.days.map((day) => DAY_NAMES[WEEKDAYS[day] ?? 'sun']).join(' or ')}`;
    }
  }

  /** By its name where it has one. */
  private number(node: NumberNode): string {
    return this.aliasOf(node) ?? this.definition(node);
  }

  private aliasOf(node: NumberNode): string | undefined {
    const own = this.named.get(node);
    if (own !== undefined || node.kind !== 'indicator') return own;
    for (const [candidate, alias] of this.named) {
      if (candidate.kind === 'indicator' && candidate.call === node.call) {
        return `${alias}.${node.call.spec.outputs[node.output]?.name}`;
      }
    }
    return undefined;
  }

  private indicator({ call, output }: NumberNode & { kind: 'indicator' }): string {
    const { spec } = call;
    const source = call.source === null ? '' : ` of ${this.number(call.source)}`;
    const settings = spec.parameters.map(
      (parameter, index) =>
        `, ${parameter.title.toLowerCase()} ${this.scalar(call.args[index] ?? null)}`,
    );
    const shown = output === 0 ? '' : `, ${spec.outputs[output]?.title}`;
    return `${spec.title}${source}${settings.join('')}${shown}`;
  }

  private grouped(node: BooleanNode): string {
    return node.kind === 'logic' ? `(${this.condition(node)})` : this.condition(node);
  }
}

function bars(count: string): string {
  return count === '1' ? '1 bar' : `${count} bars`;
}

function clock(minutes: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

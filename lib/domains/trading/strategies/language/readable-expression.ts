import type { StrategyDefinition } from './definition-shape';
import type { BooleanNode, NumberNode, Scalar } from './expression';
import { WEEKDAYS } from './parse-calendar';

/** Words for the parts of one document. */
export interface Phrases {
  scalar(scalar: Scalar | null): string;
  /** What a named expression is made of. */
  definition(node: NumberNode): string;
  condition(node: BooleanNode): string;
}

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

export function createPhrases(
  document: StrategyDefinition,
  named: ReadonlyMap<NumberNode, string>,
): Phrases {
  const scalar = (value: Scalar | null): string => {
    if (value === null) return 'none';
    if (value.kind === 'number') return String(value.value);
    const standard = document.params[value.name]?.default;
    return `${value.name} (${standard})`;
  };

  const aliasOf = (node: NumberNode): string | undefined => {
    const own = named.get(node);
    if (own !== undefined || node.kind !== 'indicator') return own;
    for (const [candidate, alias] of named) {
      if (candidate.kind === 'indicator' && candidate.call === node.call) {
        return `${alias}.${node.call.spec.outputs[node.output]?.name}`;
      }
    }
    return undefined;
  };

  const number = (node: NumberNode): string => aliasOf(node) ?? definition(node);

  const definition = (node: NumberNode): string => {
    switch (node.kind) {
      case 'number':
      case 'param':
        return scalar(node);
      case 'price':
        return `the ${node.column}`;
      case 'shift':
        return `${number(node.source)} ${bars(scalar(node.bars))} ago`;
      case 'arithmetic': {
        const [first] = node.operands;
        if (first !== undefined && node.operands.length === 1) return `−(${number(first)})`;
        const sign = { '+': ' + ', '-': ' − ', '*': ' × ', '/': ' / ' }[node.operator];
        return `(${node.operands.map(number).join(sign)})`;
      }
      case 'indicator':
        return indicator(node);
    }
  };

  const indicator = ({ call, output }: NumberNode & { kind: 'indicator' }): string => {
    const { spec } = call;
    const shown = output === 0 ? '' : `, ${spec.outputs[output]?.title}`;
    const source = call.source === null ? '' : ` of ${number(call.source)}`;
    const settings = spec.parameters.map(
      (parameter, index) => `${parameter.title.toLowerCase()} ${scalar(call.args[index] ?? null)}`,
    );
    const setting = settings.length === 0 ? '' : `, ${settings.join(', ')}`;
    return `${spec.title}${source}${setting}${shown}`;
  };

  const condition = (node: BooleanNode): string => {
    switch (node.kind) {
      case 'boolean':
        return node.value ? 'always' : 'never';
      case 'comparison':
        return `${number(node.left)} ${COMPARISONS[node.operator]} ${number(node.right)}`;
      case 'cross':
        return `${number(node.left)} crosses ${node.direction} ${number(node.right)}`;
      case 'between':
        return `${number(node.value)} lies from ${number(node.low)} to ${number(node.high)}`;
      case 'logic':
        return node.operands.map(grouped).join(` ${node.operator} `);
      case 'not':
        return `not ${grouped(node.operand)}`;
      case 'time':
        return `the time is from ${clock(node.from)} to before ${clock(node.to)} UTC`;
      case 'weekday':
        return `the day is ${node.days.map((day) => DAY_NAMES[WEEKDAYS[day] ?? 'sun']).join(' or ')}`;
    }
  };
  const grouped = (node: BooleanNode) =>
    node.kind === 'logic' ? `(${condition(node)})` : condition(node);

  return { scalar, definition, condition };
}

function bars(count: string): string {
  return count === '1' ? '1 bar' : `${count} bars`;
}

function clock(minutes: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

import type { ArithmeticOperator, NumberNode } from './expression';

/** A named indicator is one node however often it is used: without this, chains of names double the work. */
const known = new WeakMap<NumberNode, { readonly value: number | null }>();

/** The value of an expression made of literal numbers alone, or null. */
export function constantValue(node: NumberNode): number | null {
  if (node.kind === 'number') return node.value;
  const before = known.get(node);
  if (before !== undefined) return before.value;
  const value = valueOf(node);
  known.set(node, { value });
  return value;
}

function valueOf(node: NumberNode): number | null {
  if (node.kind === 'shift') return constantValue(node.source);
  if (node.kind !== 'arithmetic') return null;
  const values = node.operands.map(constantValue);
  const constants = values.filter((value) => value !== null);
  return constants.length < values.length ? null : calculate(node.operator, constants);
}

function calculate(operator: ArithmeticOperator, values: readonly number[]): number {
  const [first = 0, ...rest] = values;
  switch (operator) {
    case '+':
      return rest.reduce((sum, value) => sum + value, first);
    case '*':
      return rest.reduce((product, value) => product * value, first);
    case '-':
      return rest.length === 0 ? -first : rest.reduce((left, value) => left - value, first);
    case '/':
      return rest.reduce((left, value) => left / value, first);
  }
}

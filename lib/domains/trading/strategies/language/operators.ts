import { constantValue } from './constant-value';
import type {
  ArithmeticOperator,
  BooleanNode,
  ComparisonOperator,
  NumberNode,
  Scalar,
} from './expression';
import type { FaultPath } from './fault';
import { LIMITS } from './limits';
import { type OperandReader, type OperationReader, readList, selectOutput } from './operand-reader';
import { report } from './parse-context';
import { parseScalar } from './parse-scalar';
import { readTimeBetween, readWeekday } from './parse-calendar';

const OPERATORS: ReadonlyMap<string, OperationReader> = new Map<string, OperationReader>([
  ['+', arithmetic('+', 2, LIMITS.operands)],
  ['-', arithmetic('-', 1, 2)],
  ['*', arithmetic('*', 2, LIMITS.operands)],
  ['/', divide],
  ['>', comparison('>')],
  ['<', comparison('<')],
  ['>=', comparison('>=')],
  ['<=', comparison('<=')],
  ['==', comparison('==')],
  ['and', logic('and')],
  ['or', logic('or')],
  ['not', negate],
  ['crosses_above', cross('above')],
  ['crosses_below', cross('below')],
  ['between', between],
  ['shift', shift],
  ['output', output],
  ['time_between', readTimeBetween],
  ['weekday', readWeekday],
]);

export const OPERATOR_NAMES: readonly string[] = [...OPERATORS.keys()];

export function findOperator(name: string): OperationReader | undefined {
  return OPERATORS.get(name);
}

/** Every operand read as a number, or null when one is faulty (all are read, so that all faults show at once). */
function readNumbers(
  reader: OperandReader,
  operands: unknown,
  path: FaultPath,
  depth: number,
  [min, max]: readonly [number, number],
): readonly NumberNode[] | null {
  const list = readList(reader, operands, path, min, max);
  if (list === null) return null;
  const nodes = list.map((operand, index) => reader.number(operand, [...path, index], depth));
  const known = nodes.filter((node) => node !== null);
  return known.length === nodes.length ? known : null;
}

function arithmetic(operator: ArithmeticOperator, min: number, max: number): OperationReader {
  return (reader, operands, path, depth) => {
    const nodes = readNumbers(reader, operands, path, depth, [min, max]);
    return nodes === null ? null : { kind: 'arithmetic', operator, operands: nodes };
  };
}

function divide(
  reader: OperandReader,
  operands: unknown,
  path: FaultPath,
  depth: number,
): NumberNode | null {
  const nodes = readNumbers(reader, operands, path, depth, [2, 2]);
  const divisor = nodes?.[1];
  if (nodes === null || divisor === undefined) return null;
  if (divisor.kind === 'param') {
    const range = reader.context.params.get(divisor.name);
    if (range !== undefined && range.min <= 0 && range.max >= 0) {
      const message = `"$${divisor.name}" may be 0 by its range, and this divides by it.`;
      return report(reader.context, [...path, 1], 'division_by_zero', message);
    }
  }
  if (constantValue(divisor) === 0) {
    return report(reader.context, [...path, 1], 'division_by_zero', 'This divides by zero.');
  }
  return { kind: 'arithmetic', operator: '/', operands: nodes };
}

function comparison(operator: ComparisonOperator): OperationReader {
  return (reader, operands, path, depth) => {
    const [left, right] = readNumbers(reader, operands, path, depth, [2, 2]) ?? [];
    if (left === undefined || right === undefined) return null;
    return { kind: 'comparison', operator, left, right };
  };
}

function cross(direction: 'above' | 'below'): OperationReader {
  return (reader, operands, path, depth) => {
    const [left, right] = readNumbers(reader, operands, path, depth, [2, 2]) ?? [];
    if (left === undefined || right === undefined) return null;
    return { kind: 'cross', direction, left, right };
  };
}

function between(
  reader: OperandReader,
  operands: unknown,
  path: FaultPath,
  depth: number,
): BooleanNode | null {
  const [value, low, high] = readNumbers(reader, operands, path, depth, [3, 3]) ?? [];
  if (value === undefined || low === undefined || high === undefined) return null;
  const from = constantValue(low);
  const to = constantValue(high);
  if (from !== null && to !== null && from > to) {
    const message = `The lower end (${from}) lies above the upper end (${to}).`;
    return report(reader.context, path, 'range_upside_down', message);
  }
  return { kind: 'between', value, low, high };
}

function logic(operator: 'and' | 'or'): OperationReader {
  return (reader, operands, path, depth) => {
    const list = readList(reader, operands, path, 1, LIMITS.operands);
    if (list === null) return null;
    const nodes = list.map((operand, index) => reader.boolean(operand, [...path, index], depth));
    const known = nodes.filter((node) => node !== null);
    return known.length < nodes.length ? null : { kind: 'logic', operator, operands: known };
  };
}

function negate(
  reader: OperandReader,
  operands: unknown,
  path: FaultPath,
  depth: number,
): BooleanNode | null {
  const list = Array.isArray(operands) ? readList(reader, operands, path, 1, 1) : null;
  if (Array.isArray(operands) && list === null) return null;
  const operand = list === null ? operands : list[0];
  const at = list === null ? path : [...path, 0];
  const node = reader.boolean(operand, at, depth);
  return node === null ? null : { kind: 'not', operand: node };
}

function shift(
  reader: OperandReader,
  operands: unknown,
  path: FaultPath,
  depth: number,
): NumberNode | null {
  const list = readList(reader, operands, path, 2, 2);
  if (list === null) return null;
  const source = reader.number(list[0], [...path, 0], depth);
  const bars: Scalar | null = parseScalar(reader.context, list[1], [...path, 1], {
    subject: 'The number of bars of a shift',
    min: 0,
    max: LIMITS.shift,
    integer: true,
    looksBack: true,
  });
  return source === null || bars === null ? null : { kind: 'shift', source, bars };
}

function output(
  reader: OperandReader,
  operands: unknown,
  path: FaultPath,
  depth: number,
): NumberNode | null {
  const list = readList(reader, operands, path, 2, 2);
  if (list === null) return null;
  const node = reader.number(list[0], [...path, 0], depth);
  if (node === null) return null;
  if (typeof list[1] !== 'string') {
    return report(reader.context, [...path, 1], 'invalid_type', 'Expected the name of an output.');
  }
  return selectOutput(reader.context, node, list[1], [...path, 1]);
}

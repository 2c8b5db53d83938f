import { PRICE_COLUMNS, type PriceColumn } from '@/lib/domains/trading/indicators/bars';
import { findIndicator, indicatorCatalogue } from '@/lib/domains/trading/indicators/catalogue';
import {
  type BooleanNode,
  type ExpressionNode,
  isBooleanNode,
  type NumberNode,
} from './expression';
import type { FaultPath } from './fault';
import { LIMITS } from './limits';
import { type OperandReader, selectOutput } from './operand-reader';
import { findOperator, OPERATOR_NAMES } from './operators';
import { type ParseContext, report, suggestion } from './parse-context';
import { parseIndicator } from './parse-indicator';
import { checkLiteral, lookUpParam } from './parse-scalar';

/** Reads one expression of either type; null after a report. */
export function parseExpression(
  context: ParseContext,
  value: unknown,
  path: FaultPath,
  depth = 0,
): ExpressionNode | null {
  if (++context.nodes > LIMITS.nodes) {
    // Reported once for the whole document: everything past the limit would repeat it.
    if (context.nodes === LIMITS.nodes + 1) {
      report(context, [], 'too_big', `A strategy has at most ${LIMITS.nodes} parts.`);
    }
    return null;
  }
  if (depth > LIMITS.depth) {
    return report(context, path, 'too_deep', `Expressions nest at most ${LIMITS.depth} deep.`);
  }
  if (typeof value === 'number') {
    return checkLiteral(context, value, path) ? { kind: 'number', value } : null;
  }
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'string') return parseName(context, value, path);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return parseOperation(context, value, path, depth);
  }
  return report(
    context,
    path,
    'invalid_type',
    'Expected a number, a name or an object with one operator.',
  );
}

/** Reads an expression that has to be a number on every bar. */
export function parseNumber(
  context: ParseContext,
  value: unknown,
  path: FaultPath,
  depth: number,
): NumberNode | null {
  const node = parseExpression(context, value, path, depth);
  if (node === null || !isBooleanNode(node)) return node;
  return report(context, path, 'type_mismatch', 'Expected a number here, not a condition.');
}

/** Reads an expression that has to be true or false on every bar. */
export function parseBoolean(
  context: ParseContext,
  value: unknown,
  path: FaultPath,
  depth = 0,
): BooleanNode | null {
  const node = parseExpression(context, value, path, depth);
  if (node === null || isBooleanNode(node)) return node;
  return report(
    context,
    path,
    'type_mismatch',
    'Expected a condition here (such as {">": ["close", 100]}), not a number.',
  );
}

function parseName(context: ParseContext, text: string, path: FaultPath): NumberNode | null {
  if (text.startsWith('$')) {
    const param = lookUpParam(context, text, path);
    return param === null ? null : { kind: 'param', name: param.name };
  }
  if (isPriceColumn(text)) return { kind: 'price', column: text };
  const [alias = '', output, ...rest] = text.split('.');
  const node = rest.length === 0 ? context.resolveAlias(alias) : undefined;
  if (node === 'circular') {
    return report(context, path, 'circular_reference', `"${alias}" is defined by way of itself.`);
  }
  if (node === undefined) {
    const shown = text.slice(0, 40);
    return report(
      context,
      path,
      'unknown_name',
      `There is no price column or indicator named "${shown}". Columns are ${PRICE_COLUMNS.join(', ')}; indicators are named under "indicators".`,
    );
  }
  if (node === null || output === undefined) return node;
  return selectOutput(context, node, output, path);
}

function isPriceColumn(text: string): text is PriceColumn {
  return (PRICE_COLUMNS as readonly string[]).includes(text);
}

function parseOperation(
  context: ParseContext,
  value: object,
  path: FaultPath,
  depth: number,
): ExpressionNode | null {
  const keys = Object.keys(value);
  const key = keys[0];
  if (key === undefined || keys.length > 1) {
    return report(
      context,
      path,
      'wrong_arity',
      `An expression object has exactly one operator; this one has ${keys.length === 0 ? 'none' : keys.length}.`,
    );
  }
  const operands: unknown = Object.values(value)[0];
  const reader: OperandReader = {
    context,
    number: (operand, at, level) => parseNumber(context, operand, at, level),
    boolean: (operand, at, level) => parseBoolean(context, operand, at, level),
  };
  const operator = findOperator(key);
  if (operator !== undefined) {
    return operator(reader, operands, [...path, key], depth + 1);
  }
  const spec = findIndicator(key);
  if (spec !== undefined) return parseIndicator(reader, spec, operands, [...path, key], depth + 1);
  const shown = key.slice(0, 40);
  const known = [...OPERATOR_NAMES, ...indicatorCatalogue.map((entry) => entry.name)];
  return report(
    context,
    [...path, key],
    /^\w+$/.test(key) ? 'unknown_indicator' : 'unknown_operator',
    `There is no operator or indicator named "${shown}".${suggestion(key, known)}`,
  );
}

import type { Scalar } from './expression';
import type { FaultPath } from './fault';
import { LIMITS } from './limits';
import { type ParseContext, report, suggestion } from './parse-context';

/** What a number known before any bar may be. */
export interface ScalarRule {
  /** The subject of a message: `The period of sma`. */
  readonly subject: string;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  /** True where a negative number would read bars that have not happened yet. */
  readonly looksBack?: boolean;
  /** True where `min` itself is not allowed. */
  readonly above?: boolean;
}

/** Reads a number or `"$param"`; a parameter's whole range has to obey the rule. */
export function parseScalar(
  context: ParseContext,
  value: unknown,
  path: FaultPath,
  rule: ScalarRule,
): Scalar | null {
  context.nodes++;
  if (typeof value === 'number') {
    return checkBounds(context, path, rule, value, value, String(value))
      ? { kind: 'number', value }
      : null;
  }
  if (typeof value === 'string' && value.startsWith('$')) {
    return parseParam(context, value, path, rule);
  }
  return report(
    context,
    path,
    'invalid_type',
    `${rule.subject} is a number or a "$parameter", not an expression.`,
  );
}

function parseParam(
  context: ParseContext,
  text: string,
  path: FaultPath,
  rule: ScalarRule,
): Scalar | null {
  const param = lookUpParam(context, text, path);
  if (param === null) return null;
  const { name, range } = param;
  if (rule.integer) {
    context.integerParams.add(name);
    if (![range.default, range.min, range.max].every(Number.isInteger)) {
      return report(
        context,
        path,
        'not_integer',
        `${rule.subject} is a whole number, so the default, min and max of "${text}" have to be whole numbers.`,
      );
    }
  }
  return checkBounds(context, path, rule, range.min, range.max, `the range of "${text}"`)
    ? { kind: 'param', name }
    : null;
}

/** The parameter that `"$name"` stands for, or null after a report. */
export function lookUpParam(
  context: ParseContext,
  text: string,
  path: FaultPath,
): {
  readonly name: string;
  readonly range: { readonly default: number; readonly min: number; readonly max: number };
} | null {
  const name = text.slice(1);
  const range = context.params.get(name);
  if (range === undefined) {
    return report(
      context,
      path,
      'unknown_name',
      `There is no parameter "${name.slice(0, 40)}".${suggestion(name, context.params.keys())}`,
    );
  }
  return { name, range };
}

function checkBounds(
  context: ParseContext,
  path: FaultPath,
  rule: ScalarRule,
  low: number,
  high: number,
  given: string,
): boolean {
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    report(context, path, 'not_finite', `${rule.subject} has to be a finite number.`);
    return false;
  }
  if (rule.looksBack && low < 0) {
    const message = `${rule.subject} is ${given}, which looks into the future. It counts bars back, from 0.`;
    report(context, path, 'look_ahead', message);
    return false;
  }
  if (rule.integer && !(Number.isInteger(low) && Number.isInteger(high))) {
    report(context, path, 'not_integer', `${rule.subject} is a whole number; got ${given}.`);
    return false;
  }
  if (low < rule.min || high > rule.max || (rule.above && low <= rule.min)) {
    const span = rule.above
      ? `above ${rule.min} and up to ${rule.max}`
      : `from ${rule.min} to ${rule.max}`;
    report(context, path, 'out_of_range', `${rule.subject} lies ${span}; got ${given}.`);
    return false;
  }
  return true;
}

/** Reads a literal number that is an operand of an expression. */
export function checkLiteral(context: ParseContext, value: number, path: FaultPath): boolean {
  if (!Number.isFinite(value)) {
    report(context, path, 'not_finite', 'A number has to be finite.');
    return false;
  }
  if (Math.abs(value) > LIMITS.magnitude) {
    const message = `A number lies between ${-LIMITS.magnitude} and ${LIMITS.magnitude}.`;
    report(context, path, 'out_of_range', message);
    return false;
  }
  return true;
}

import type { BooleanNode, ExpressionNode, NumberNode } from './expression';
import type { FaultPath } from './fault';
import { type ParseContext, report } from './parse-context';

/** How an operator reads its operands; `depth` is that of the operand. */
export interface OperandReader {
  readonly context: ParseContext;
  number(value: unknown, path: FaultPath, depth: number): NumberNode | null;
  boolean(value: unknown, path: FaultPath, depth: number): BooleanNode | null;
}

/** Reads what stands under an operator's key; null after a report. */
export type OperationReader = (
  reader: OperandReader,
  operands: unknown,
  path: FaultPath,
  depth: number,
) => ExpressionNode | null;

/** The operands as a list of `min` to `max` entries, or null after a report. */
export function readList(
  reader: OperandReader,
  operands: unknown,
  path: FaultPath,
  min: number,
  max: number,
): readonly unknown[] | null {
  const operator = String(path.at(-1));
  if (!Array.isArray(operands)) {
    return report(
      reader.context,
      path,
      'invalid_type',
      `The operands of "${operator}" come as a list.`,
    );
  }
  if (operands.length >= min && operands.length <= max) return operands;
  const expected = min === max ? String(min) : `${min} to ${max}`;
  return report(
    reader.context,
    path,
    'wrong_arity',
    `"${operator}" takes ${expected} operands; got ${operands.length}.`,
  );
}

/** The named output of an indicator, such as `signal` of a MACD. */
export function selectOutput(
  context: ParseContext,
  node: NumberNode,
  output: string,
  path: FaultPath,
): NumberNode | null {
  if (node.kind !== 'indicator') {
    return report(context, path, 'unknown_output', 'Only an indicator has named outputs.');
  }
  const { outputs, name } = node.call.spec;
  const index = outputs.findIndex((candidate) => candidate.name === output);
  if (index >= 0) return { kind: 'indicator', call: node.call, output: index };
  const known = outputs.map((candidate) => candidate.name).join(', ');
  return report(
    context,
    path,
    'unknown_output',
    `${name} has no output "${output.slice(0, 40)}". It has ${known}.`,
  );
}

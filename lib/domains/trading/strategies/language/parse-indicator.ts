import type { IndicatorSpec } from '@/lib/domains/trading/indicators/indicator-spec';
import type { IndicatorCall, NumberNode, Scalar } from './expression';
import type { FaultPath } from './fault';
import type { OperandReader } from './operand-reader';
import { report } from './parse-context';
import { parseScalar } from './parse-scalar';

/** Reads `[source, parameter, …]` of an indicator; parameters left out take their defaults. */
export function parseIndicator(
  reader: OperandReader,
  spec: IndicatorSpec,
  operands: unknown,
  path: FaultPath,
  depth: number,
): NumberNode | null {
  const { context } = reader;
  if (!Array.isArray(operands)) {
    const message = `The arguments of ${spec.name} come as a list: ${usage(spec)}.`;
    return report(context, path, 'invalid_type', message);
  }
  const fixed = spec.takesSource ? 1 : 0;
  if (operands.length < fixed || operands.length > fixed + spec.parameters.length) {
    const message = `${spec.name} takes ${usage(spec)}; got ${operands.length} arguments.`;
    return report(context, path, 'wrong_arity', message);
  }
  const source = spec.takesSource ? parseSource(reader, spec, operands[0], path, depth) : null;
  const args: (Scalar | null)[] = spec.parameters.map((parameter, index) => {
    if (index + fixed >= operands.length) return { kind: 'number', value: parameter.default };
    return parseScalar(context, operands[index + fixed], [...path, index + fixed], {
      subject: `The ${parameter.title.toLowerCase()} of ${spec.name}`,
      min: parameter.min,
      max: parameter.max,
      integer: parameter.kind === 'integer',
    });
  });
  const known = args.filter((arg) => arg !== null);
  if ((spec.takesSource && source === null) || known.length < args.length) return null;
  const values = known.map((arg) =>
    arg.kind === 'number' ? arg.value : (context.params.get(arg.name)?.default ?? Number.NaN),
  );
  const clash = spec.check?.(values) ?? null;
  if (clash !== null) return report(context, path, 'range_upside_down', clash);
  const call: IndicatorCall = { spec, source, args: known };
  context.calls.push({ call, path });
  return { kind: 'indicator', call, output: 0 };
}

function parseSource(
  reader: OperandReader,
  spec: IndicatorSpec,
  value: unknown,
  callPath: FaultPath,
  depth: number,
): NumberNode | null {
  const path = [...callPath, 0];
  const node = reader.number(value, path, depth);
  if (node?.kind !== 'number' && node?.kind !== 'param') return node;
  const message = `The first argument of ${spec.name} is a column: ${usage(spec)}.`;
  return report(reader.context, path, 'type_mismatch', message);
}

function usage(spec: IndicatorSpec): string {
  const names = spec.parameters.map((parameter) => parameter.name);
  return `[${[...(spec.takesSource ? ['source'] : []), ...names].join(', ')}]`;
}

import { analyseDefinition, type Analysis } from './analyse-definition';
import type { StrategyDefinition } from './definition-shape';
import { formatPath, type Fault, type FaultCode, type StrategyError } from './fault';
import { suggestion } from './parse-context';

export type ParamValues = Readonly<Record<string, number>>;

export type ParamResolution =
  | { readonly ok: true; readonly params: ParamValues }
  | { readonly ok: false; readonly errors: readonly StrategyError[] };

/** The document's parameters with the caller's values in place of defaults; paths start with `params.`. */
export function resolveParams(
  definition: StrategyDefinition,
  given: Readonly<Record<string, unknown>> = {},
): ParamResolution {
  return resolveAnalysedParams(definition, analyseDefinition(definition), given);
}

export function resolveAnalysedParams(
  definition: StrategyDefinition,
  analysis: Analysis,
  given: Readonly<Record<string, unknown>>,
): ParamResolution {
  const faults: Fault[] = [];
  const known = new Map(Object.entries(definition.params));
  const params = new Map([...known].map(([name, range]) => [name, range.default]));
  for (const [name, value] of Object.entries(given)) {
    const range = known.get(name);
    const fault = (code: FaultCode, message: string) =>
      faults.push({ path: ['params', name], code, message });
    if (range === undefined) {
      fault(
        'unknown_name',
        `This strategy has no such parameter.${suggestion(name, known.keys())}`,
      );
    } else if (typeof value !== 'number' || !Number.isFinite(value)) {
      fault('invalid_type', 'Expected a finite number.');
    } else if (value < range.min || value > range.max) {
      fault('out_of_range', `Allowed are ${range.min} to ${range.max}; got ${value}.`);
    } else if (analysis.integerParams.has(name) && !Number.isInteger(value)) {
      fault('not_integer', `This parameter counts bars: ${value} is not a whole number.`);
    } else {
      params.set(name, value);
    }
  }
  if (faults.length === 0) return { ok: true, params: Object.fromEntries(params) };
  const errors = faults.map((fault) => ({ ...fault, path: formatPath(fault.path) }));
  return { ok: false, errors };
}

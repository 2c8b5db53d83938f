import { type Bars, PRICE_COLUMNS } from './bars';
import { findIndicator } from './catalogue';
import type { IndicatorSpec } from './indicator-spec';

export interface IndicatorFault {
  /** `name`, `source` or `params.period`. */
  readonly path: string;
  readonly code: 'unknown_indicator' | 'unknown_name' | 'out_of_range' | 'not_integer';
  readonly message: string;
}

export type IndicatorResult =
  | {
      readonly ok: true;
      readonly spec: IndicatorSpec;
      readonly params: Readonly<Record<string, number>>;
      readonly outputs: readonly { readonly name: string; readonly values: Float64Array }[];
    }
  | { readonly ok: false; readonly faults: readonly IndicatorFault[] };

/**
 * Computes one indicator by name over whole bars, for the indicators endpoint and the charts.
 * Parameters left out take their defaults; `source` (a bar column, default close) counts where one is taken.
 * NaN in an output is undefined.
 */
export function computeIndicator(
  bars: Bars,
  name: string,
  given: Readonly<Record<string, number>> = {},
  source = 'close',
): IndicatorResult {
  const spec = findIndicator(name);
  if (spec === undefined) {
    const message = `There is no indicator named "${name.slice(0, 40)}".`;
    return { ok: false, faults: [{ path: 'name', code: 'unknown_indicator', message }] };
  }
  const faults = checkParameters(spec, given);
  const column = PRICE_COLUMNS.find((candidate) => candidate === source);
  if (column === undefined) {
    const message = `The source is one of ${PRICE_COLUMNS.join(', ')}.`;
    faults.push({ path: 'source', code: 'unknown_name', message });
  }
  const values = spec.parameters.map((parameter) => given[parameter.name] ?? parameter.default);
  const clash = faults.length === 0 ? (spec.check?.(values) ?? null) : null;
  if (clash !== null) faults.push({ path: 'params', code: 'out_of_range', message: clash });
  if (faults.length > 0 || column === undefined) return { ok: false, faults };
  const outputs = spec.outputs.map((output) => ({
    name: output.name,
    values: new Float64Array(bars.close.length),
  }));
  spec.compute(
    bars,
    bars[column],
    values,
    outputs.map((output) => output.values),
  );
  const params = Object.fromEntries(
    spec.parameters.map((parameter, index) => [parameter.name, values[index] ?? parameter.default]),
  );
  return { ok: true, spec, params, outputs };
}

function checkParameters(
  spec: IndicatorSpec,
  given: Readonly<Record<string, number>>,
): IndicatorFault[] {
  const faults: IndicatorFault[] = [];
  for (const [name, value] of Object.entries(given)) {
    const path = `params.${name}`;
    const parameter = spec.parameters.find((candidate) => candidate.name === name);
    if (parameter === undefined) {
      const known = spec.parameters.map((candidate) => candidate.name).join(', ') || 'none';
      const message = `${spec.name} has no parameter of that name; it has ${known}.`;
      faults.push({ path, code: 'unknown_name', message });
    } else if (!(value >= parameter.min && value <= parameter.max)) {
      const message = `${parameter.title} lies from ${parameter.min} to ${parameter.max}.`;
      faults.push({ path, code: 'out_of_range', message });
    } else if (parameter.kind === 'integer' && !Number.isInteger(value)) {
      faults.push({ path, code: 'not_integer', message: `${parameter.title} is a whole number.` });
    }
  }
  return faults;
}

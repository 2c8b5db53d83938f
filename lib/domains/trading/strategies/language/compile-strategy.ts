import type { Bars } from '@/lib/domains/trading/indicators/bars';
import { analyseDefinition, type Analysis } from './analyse-definition';
import { createBufferPool } from './buffer-pool';
import { PlanBuilder } from './build-plan';
import type { CompiledStrategy, IndicatorColumns, SignalColumns } from './compiled-strategy';
import type { StrategyDefinition } from './definition-shape';
import type { BooleanNode, NumberNode, Scalar } from './expression';
import { formatPath, type StrategyError } from './fault';
import type { NumberRef } from './plan';
import { runPlan } from './run-plan';
import { type ParamValues, resolveAnalysedParams } from './strategy-params';

/** Thrown where a document or its parameter values are refused; `errors` say why, as `validateStrategy` would. */
export class StrategyCompileError extends Error {
  readonly code = 'invalid_strategy';
  readonly errors: readonly StrategyError[];

  constructor(errors: readonly StrategyError[]) {
    const [first] = errors;
    super(first === undefined ? 'The strategy is not valid.' : `${first.path}: ${first.message}`);
    this.name = 'StrategyCompileError';
    this.errors = errors;
  }
}

/**
 * Compiles a validated document with the caller's parameter values (defaults for the rest) into passes over columns.
 * Throws `StrategyCompileError` when the document has faults, or a value is unknown, out of range, not whole
 * where bars are counted, or clashes with another (a fast period longer than the slow one).
 */
export function compileStrategy(
  definition: StrategyDefinition,
  params: Readonly<Record<string, unknown>> = {},
): CompiledStrategy {
  const analysis = analyseDefinition(definition);
  if (analysis.faults.length > 0) {
    const errors = analysis.faults.map((fault) => ({ ...fault, path: formatPath(fault.path) }));
    throw new StrategyCompileError(errors);
  }
  const resolved = resolveAnalysedParams(definition, analysis, params);
  if (!resolved.ok) throw new StrategyCompileError(resolved.errors);
  const values = resolved.params;
  checkClashes(analysis, values);
  const known = (scalar: Scalar | null) => (scalar === null ? null : scalarValue(scalar, values));
  return {
    definition,
    params: values,
    ...compileSignals(analysis, values),
    exit: {
      onOppositeEntry: definition.exit.on_opposite_entry,
      afterBars: known(analysis.afterBars),
    },
    size: {
      fraction: known(analysis.fractionOfEquity) ?? 1,
      wholeUnits: definition.size.whole_units,
    },
    protect: {
      stopLossPct: known(analysis.stopLossPct),
      takeProfitPct: known(analysis.takeProfitPct),
      trailingStopPct: known(analysis.trailingStopPct),
    },
    indicators: (bars) => computeNamedIndicators(analysis, values, bars),
  };
}

function scalarValue(scalar: Scalar, params: ParamValues): number {
  return scalar.kind === 'number' ? scalar.value : (params[scalar.name] ?? Number.NaN);
}

function compileSignals(
  analysis: Analysis,
  params: ParamValues,
): Pick<CompiledStrategy, 'signals' | 'warmup'> {
  const builder = new PlanBuilder(params);
  const slot = (node: BooleanNode | null) => (node === null ? null : builder.boolean(node));
  const roots = {
    entryLong: slot(analysis.entryLong),
    entryShort: slot(analysis.entryShort),
    exitLong: slot(analysis.exitLong),
    exitShort: slot(analysis.exitShort),
  };
  const kept = Object.values(roots).filter((root) => root !== null);
  const plan = builder.build(kept);
  return {
    warmup: builder.indicatorWarmup(),
    signals(bars, pool = createBufferPool(), onStep): SignalColumns {
      const columns = runPlan(plan, bars, pool, onStep);
      const flags = (root: number | null) => (root === null ? null : columns.flags(root));
      return {
        entryLong: flags(roots.entryLong),
        entryShort: flags(roots.entryShort),
        exitLong: flags(roots.exitLong),
        exitShort: flags(roots.exitShort),
      };
    },
  };
}

function computeNamedIndicators(
  analysis: Analysis,
  params: ParamValues,
  bars: Bars,
): IndicatorColumns[] {
  const builder = new PlanBuilder(params);
  const named = [...analysis.indicators].map(([name, node]) => ({
    name,
    outputs: outputRefs(builder, node),
  }));
  const refs = named.flatMap((entry) => entry.outputs.map((output) => output.ref));
  const plan = builder.build(refs.flatMap((ref) => (ref.kind === 'slot' ? [ref.slot] : [])));
  const columns = runPlan(plan, bars, createBufferPool());
  return named.map(({ name, outputs }) => ({
    name,
    outputs: outputs.map((output) => ({ name: output.name, values: columns.numbers(output.ref) })),
  }));
}

function outputRefs(
  builder: PlanBuilder,
  node: NumberNode,
): readonly { readonly name: string; readonly ref: NumberRef }[] {
  if (node.kind !== 'indicator') return [{ name: 'value', ref: builder.number(node) }];
  return node.call.spec.outputs.map((output, index) => ({
    name: output.name,
    ref: builder.number({ ...node, output: index }),
  }));
}

/** Values that are fine one by one may not go together. */
function checkClashes(analysis: Analysis, params: ParamValues): void {
  const errors: StrategyError[] = [];
  for (const { call, path } of analysis.calls) {
    const message = call.spec.check?.(call.args.map((arg) => scalarValue(arg, params))) ?? null;
    if (message !== null)
      errors.push({ path: formatPath(path), code: 'range_upside_down', message });
  }
  if (errors.length > 0) throw new StrategyCompileError(errors);
}

import { PRICE_COLUMNS } from '@/lib/domains/trading/indicators/bars';
import type { StrategyDefinition } from './definition-shape';
import type { BooleanNode, IndicatorCall, NumberNode, Scalar } from './expression';
import type { Fault, FaultPath } from './fault';
import { LIMITS } from './limits';
import { type ParamRange, type ParseContext, report } from './parse-context';
import { parseBoolean, parseNumber } from './parse-expression';
import { parseScalar, type ScalarRule } from './parse-scalar';

/** A document read into typed expressions, with every fault found on the way. */
export interface Analysis {
  readonly faults: readonly Fault[];
  readonly indicators: ReadonlyMap<string, NumberNode>;
  readonly entryLong: BooleanNode | null;
  readonly entryShort: BooleanNode | null;
  readonly exitLong: BooleanNode | null;
  readonly exitShort: BooleanNode | null;
  readonly afterBars: Scalar | null;
  readonly fractionOfEquity: Scalar | null;
  readonly stopLossPct: Scalar | null;
  readonly takeProfitPct: Scalar | null;
  readonly trailingStopPct: Scalar | null;
  readonly calls: readonly { readonly call: IndicatorCall; readonly path: FaultPath }[];
  /** Parameters that have to be whole numbers, because they count bars. */
  readonly integerParams: ReadonlySet<string>;
}

const PERCENT_BELOW: Omit<ScalarRule, 'subject'> = {
  min: 0,
  max: 100,
  integer: false,
  above: true,
};
const PERCENT_ABOVE: Omit<ScalarRule, 'subject'> = { ...PERCENT_BELOW, max: 10_000 };

/** Reads a document whose outline is right: names, arity, types, ranges, look-ahead, circles, size. */
export function analyseDefinition(definition: StrategyDefinition): Analysis {
  const context = createContext(definition);
  checkParams(context);
  const indicators = new Map<string, NumberNode>();
  checkCount(context, definition.indicators, 'indicators', LIMITS.indicators);
  for (const name of Object.keys(definition.indicators)) {
    checkReserved(context, name, ['indicators', name]);
    const node = context.resolveAlias(name);
    if (node !== null && node !== undefined && node !== 'circular') indicators.set(name, node);
  }
  const { entry, exit, size, protect } = definition;
  if (entry.long === undefined && entry.short === undefined) {
    const message = 'A strategy needs an entry rule: "long", "short" or both.';
    report(context, ['entry'], 'no_entry', message);
  }
  const condition = (value: unknown, path: FaultPath) =>
    value === undefined ? null : parseBoolean(context, value, path);
  const scalar = (value: unknown, path: FaultPath, rule: ScalarRule) =>
    value === null ? null : parseScalar(context, value, path, rule);
  return {
    indicators,
    entryLong: condition(entry.long, ['entry', 'long']),
    entryShort: condition(entry.short, ['entry', 'short']),
    exitLong: condition(exit.long, ['exit', 'long']),
    exitShort: condition(exit.short, ['exit', 'short']),
    afterBars: scalar(exit.after_bars, ['exit', 'after_bars'], {
      subject: 'The holding time',
      min: 1,
      max: LIMITS.afterBars,
      integer: true,
    }),
    fractionOfEquity: scalar(size.fraction_of_equity, ['size', 'fraction_of_equity'], {
      subject: 'The fraction of equity',
      min: 0,
      max: 1,
      integer: false,
      above: true,
    }),
    stopLossPct: scalar(protect.stop_loss_pct, ['protect', 'stop_loss_pct'], {
      subject: 'The stop loss',
      ...PERCENT_BELOW,
    }),
    takeProfitPct: scalar(protect.take_profit_pct, ['protect', 'take_profit_pct'], {
      subject: 'The take profit',
      ...PERCENT_ABOVE,
    }),
    trailingStopPct: scalar(protect.trailing_stop_pct, ['protect', 'trailing_stop_pct'], {
      subject: 'The trailing stop',
      ...PERCENT_BELOW,
    }),
    faults: context.faults,
    calls: context.calls,
    integerParams: context.integerParams,
  };
}

function createContext(definition: StrategyDefinition): ParseContext {
  const sources = new Map(Object.entries(definition.indicators));
  const read = new Map<string, NumberNode | null>();
  const underway = new Set<string>();
  const context: ParseContext = {
    params: new Map<string, ParamRange>(Object.entries(definition.params)),
    integerParams: new Set(),
    faults: [],
    calls: [],
    nodes: 0,
    resolveAlias(name) {
      if (underway.has(name)) return 'circular';
      if (read.has(name)) return read.get(name) ?? null;
      if (!sources.has(name)) return undefined;
      underway.add(name);
      const node = parseNumber(context, sources.get(name), ['indicators', name], 0);
      underway.delete(name);
      read.set(name, node);
      return node;
    },
  };
  return context;
}

function checkParams(context: ParseContext): void {
  checkCount(context, Object.fromEntries(context.params), 'params', LIMITS.params);
  for (const [name, range] of context.params) {
    const path = ['params', name];
    checkReserved(context, name, path);
    for (const field of ['default', 'min', 'max'] as const) {
      if (Math.abs(range[field]) > LIMITS.magnitude) {
        const message = `A number lies between ${-LIMITS.magnitude} and ${LIMITS.magnitude}.`;
        report(context, [...path, field], 'out_of_range', message);
      }
    }
    if (range.min > range.max) {
      const message = `min (${range.min}) lies above max (${range.max}).`;
      report(context, path, 'range_upside_down', message);
    } else if (range.default < range.min || range.default > range.max) {
      const message = `default (${range.default}) lies outside ${range.min} to ${range.max}.`;
      report(context, [...path, 'default'], 'default_out_of_range', message);
    }
  }
}

function checkReserved(context: ParseContext, name: string, path: FaultPath): void {
  if ((PRICE_COLUMNS as readonly string[]).includes(name)) {
    report(
      context,
      path,
      'reserved_name',
      `"${name}" is a column of every bar; choose another name.`,
    );
  }
}

function checkCount(context: ParseContext, record: object, field: string, limit: number): void {
  const count = Object.keys(record).length;
  if (count > limit) {
    report(context, [field], 'too_big', `At most ${limit} ${field} are allowed; got ${count}.`);
  }
}

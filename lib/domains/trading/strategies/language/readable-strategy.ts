import { type Analysis, analyseDefinition } from './analyse-definition';
import type { StrategyDefinition } from './definition-shape';
import type { NumberNode, Scalar } from './expression';
import { Phrases } from './readable-expression';

/** One line of the rules in words. */
export interface ReadableRule {
  readonly label: string;
  readonly text: string;
}

/**
 * The rules of a valid document in plain English, with parameters shown by name and default value:
 * `Enter long: when f crosses above s`, with f and s explained in lines of their own.
 */
export function readableStrategy(definition: StrategyDefinition): readonly ReadableRule[] {
  const analysis = analyseDefinition(definition);
  const named = new Map<NumberNode, string>();
  for (const [name, node] of analysis.indicators) named.set(node, name);
  const phrases = new Phrases(definition, named);
  return [
    ...[...analysis.indicators].map(([name, node]) => ({
      label: name,
      text: phrases.definition(node),
    })),
    ...ruleLines(analysis, phrases),
    ...exitLines(definition, analysis, phrases),
    { label: 'Size', text: sizeText(definition, analysis, phrases) },
    ...protectionLines(analysis, phrases),
  ];
}

function ruleLines(analysis: Analysis, phrases: Phrases): ReadableRule[] {
  const rules = [
    ['Enter long', analysis.entryLong],
    ['Enter short', analysis.entryShort],
    ['Exit long', analysis.exitLong],
    ['Exit short', analysis.exitShort],
  ] as const;
  return rules.flatMap(([label, node]) =>
    node === null ? [] : [{ label, text: `when ${phrases.condition(node)}` }],
  );
}

function exitLines(
  definition: StrategyDefinition,
  analysis: Analysis,
  phrases: Phrases,
): ReadableRule[] {
  const lines: ReadableRule[] = [];
  if (analysis.entryLong !== null && analysis.entryShort !== null) {
    const text = definition.exit.on_opposite_entry
      ? 'an entry the other way closes the position and opens the new one at the same open'
      : 'an entry the other way is ignored while a position is open';
    lines.push({ label: 'Opposite entry', text });
  }
  if (analysis.afterBars !== null) {
    lines.push({
      label: 'Time limit',
      text: `exit at the open once ${phrases.scalar(analysis.afterBars)} bars were held`,
    });
  }
  return lines;
}

function sizeText(definition: StrategyDefinition, analysis: Analysis, phrases: Phrases): string {
  const fraction = analysis.fractionOfEquity;
  const share =
    fraction?.kind === 'number'
      ? `${Number((fraction.value * 100).toPrecision(6))} % of equity`
      : `${phrases.scalar(fraction)} of equity`;
  const units = definition.size.whole_units ? ', whole units' : ', fractions of a unit allowed';
  return `${share}, commission included${units}`;
}

function protectionLines(analysis: Analysis, phrases: Phrases): ReadableRule[] {
  const lines: readonly (readonly [string, Scalar | null, string])[] = [
    ['Stop loss', analysis.stopLossPct, 'against the entry price'],
    ['Take profit', analysis.takeProfitPct, 'in favour of the entry price'],
    ['Trailing stop', analysis.trailingStopPct, 'behind the best price since entry'],
  ];
  return lines.flatMap(([label, pct, where]) =>
    pct === null ? [] : [{ label, text: `${phrases.scalar(pct)} % ${where}` }],
  );
}

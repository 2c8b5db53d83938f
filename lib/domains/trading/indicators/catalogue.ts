import { momentumIndicators } from './catalogue-momentum';
import { trendIndicators } from './catalogue-trend';
import { volatilityIndicators } from './catalogue-volatility';
import { neozorkIndicators, volumeIndicators } from './catalogue-volume';
import type { IndicatorSpec } from './indicator-spec';

/** Every indicator there is, by family: what the language accepts, the API answers and the pages explain. */
export const indicatorCatalogue: readonly IndicatorSpec[] = [
  ...trendIndicators,
  ...momentumIndicators,
  ...volatilityIndicators,
  ...volumeIndicators,
  ...neozorkIndicators,
];

const byName = new Map(indicatorCatalogue.map((spec) => [spec.name, spec]));

/** An indicator by the name that strategies call it, or undefined. */
export function findIndicator(name: string): IndicatorSpec | undefined {
  return byName.get(name);
}

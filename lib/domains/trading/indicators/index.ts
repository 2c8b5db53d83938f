export { type Bars, PRICE_COLUMNS, type PriceColumn, sliceBars } from './bars';
export { findIndicator, indicatorCatalogue } from './catalogue';
export { computeIndicator, type IndicatorResult } from './compute-indicator';
export type {
  IndicatorFamily,
  IndicatorOutput,
  IndicatorParameter,
  IndicatorSpec,
} from './indicator-spec';

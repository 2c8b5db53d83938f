import type { IndicatorOutput, IndicatorParameter } from './indicator-spec';

/** The longest window any indicator may have, in bars. */
export const MAX_PERIOD = 5_000;

/** A parameter that counts bars. */
export function barsParameter(
  name: string,
  title: string,
  standard: number,
  range: { readonly min?: number; readonly max?: number } = {},
): IndicatorParameter {
  const { min = 1, max = MAX_PERIOD } = range;
  return { name, title, kind: 'integer', min, max, default: standard };
}

export function period(
  standard: number,
  range?: { readonly min?: number; readonly max?: number },
): IndicatorParameter {
  return barsParameter('period', 'Period', standard, range);
}

export function numberParameter(
  name: string,
  title: string,
  standard: number,
  range: { readonly min: number; readonly max: number },
): IndicatorParameter {
  return { name, title, kind: 'number', ...range, default: standard };
}

/** The size of one price step of an instrument. */
export const pointParameter = numberParameter('point', 'Point', 0.01, { min: 1e-8, max: 1e6 });

export function onPrice(name: string, title: string): IndicatorOutput {
  return { name, title, pane: 'price' };
}

export function inPanel(name: string, title: string): IndicatorOutput {
  return { name, title, pane: 'own' };
}

/** The compute functions get lists whose lengths the spec itself fixes; these name those lengths. */
export type One<Item> = readonly [Item];
export type Two<Item> = readonly [Item, Item];
export type Three<Item> = readonly [Item, Item, Item];

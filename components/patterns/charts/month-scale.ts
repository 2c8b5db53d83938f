/** The values of a vertical axis: from `low` to `high`, with a line at each of `ticks` (top to bottom). */
export interface Scale {
  low: number;
  high: number;
  ticks: readonly number[];
}

/** The next 1, 2 or 5 × 10ⁿ at or above a positive value. */
export function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** An axis that holds all of `values`, in three to six even steps; it contains 0 when `withZero`. */
export function scaleOf(values: readonly number[], withZero: boolean): Scale {
  const all = withZero ? [0, ...values] : values;
  const least = Math.min(...all);
  const most = Math.max(...all);
  if (all.length === 0 || least === most) {
    const high = most > 0 && Number.isFinite(most) ? niceStep(most) : 1;
    return { low: 0, high, ticks: [high, 0] };
  }
  const step = niceStep((most - least) / 4);
  const first = Math.floor(least / step);
  const last = Math.ceil(most / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (last - at) * step);
  return { low: first * step, high: last * step, ticks };
}

/** How far below the top of the plot a value stands, in percent of the plot's height. */
export const fromTop = (value: number, { low, high }: Scale): number =>
  ((high - value) / (high - low)) * 100;

/** The middle of the column of one of `count` months, in percent of the plot's width. */
export const columnMiddle = (at: number, count: number): number => ((at + 0.5) / count) * 100;

/** A line through the middles of columns as an SVG path in a box of 100 × 100; nothing is drawn where a value is missing. */
export function linePath(values: readonly (number | null)[], scale: Scale): string {
  let path = '';
  let drawing = false;
  values.forEach((value, at) => {
    if (value !== null) {
      const point = `${columnMiddle(at, values.length).toFixed(3)} ${fromTop(value, scale).toFixed(3)}`;
      path += `${drawing ? 'L' : 'M'}${point}`;
    }
    drawing = value !== null;
  });
  return path;
}

/** The area between two lines that have the same gaps. */
export function bandPath(
  low: readonly (number | null)[],
  high: readonly (number | null)[],
  scale: Scale,
): string {
  const points = (values: readonly (number | null)[]) =>
    values.flatMap((value, at) =>
      value === null
        ? []
        : [`${columnMiddle(at, values.length).toFixed(3)} ${fromTop(value, scale).toFixed(3)}`],
    );
  const outline = [...points(high), ...points(low).reverse()];
  return outline.length > 2 ? `M${outline.join('L')}Z` : '';
}

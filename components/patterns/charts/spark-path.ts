/** SVG paths of a curve in a box of `width` × `height`, with a pixel of air above and below. */
export function sparkPath(
  values: readonly number[],
  width: number,
  height: number,
): { line: string; area: string } {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return { line: '', area: '' };
  const low = Math.min(...known);
  const high = Math.max(...known);
  const step = known.length > 1 ? width / (known.length - 1) : 0;
  const y = (value: number) =>
    high === low ? height / 2 : height - 1 - ((value - low) / (high - low)) * (height - 2);
  const points = known.map((value, index) => `${round(index * step)} ${round(y(value))}`);
  if (known.length === 1) points.push(`${width} ${round(y(known[0] ?? 0))}`);
  const line = `M${points.join('L')}`;
  return { line, area: `${line}L${width} ${height}L0 ${height}Z` };
}

const round = (value: number) => Math.round(value * 100) / 100;

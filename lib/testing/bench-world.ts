export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the value has to reach (or stay under, where the unit says so), or null for information only. */
  readonly target: number | null;
  readonly ok: boolean;
}

/** A count for information; where it is 0, nothing was tried. */
export const figure = (name: string, value: number, unit: string): BenchRow => ({
  name,
  value,
  unit,
  target: null,
  ok: value > 0,
});

/** A count of what may not be. */
export const none = (name: string, value: number, unit: string): BenchRow => ({
  name,
  value,
  unit,
  target: 0,
  ok: value === 0,
});

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the value has to reach (or stay under, where the unit says so), or null for information only. */
  readonly target: number | null;
  readonly ok: boolean;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** How big a strategy document may be. Generous for people, small enough that no document can hurt a worker. */
export const LIMITS = {
  params: 32,
  indicators: 32,
  /** Operators inside operators, in one expression. */
  depth: 16,
  /** Numbers, names and operators in the whole document. */
  nodes: 1_000,
  /** Operands of `+`, `*`, `and`, `or`. */
  operands: 16,
  /** The longest look back of a `shift`, in bars. */
  shift: 5_000,
  /** The longest holding time of `after_bars`, in bars. */
  afterBars: 100_000,
  /** The largest number a document may hold, either side of zero. */
  magnitude: 1e12,
  /** Faults listed at once. */
  errors: 50,
} as const;

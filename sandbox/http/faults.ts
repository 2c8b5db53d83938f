/** Trouble made on purpose in front of Stripe's API; each counter goes down as it strikes. */
export type Faults = {
  /** Every answer is held back this long. */
  slow_ms: number;
  /** Answer 500 without doing the thing. */
  fail_before: number;
  /** Do the thing, keep its answer under the idempotency key, and answer 500. */
  fail_after: number;
  /** Do the thing and cut the connection. */
  drop_after: number;
  /** Only paths that start so. */
  path: string;
  /** Only calls of this method; empty: of any. */
  method: string;
};
export const NO_FAULTS: Faults = {
  slow_ms: 0,
  fail_before: 0,
  fail_after: 0,
  drop_after: 0,
  path: '/v1/',
  method: '',
};

/** The only source of "now" for rules, so that tests and sandbox tenants can move time. */
export type Clock = {
  now(): Date;
  /** It doesn't go by itself: whoever moves it does what has fallen due, and no job can wait for it. */
  standing?: boolean;
};

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is told to move. */
export function fixedClock(start: Date): Clock & { advance(ms: number): void } {
  let current = start.getTime();
  return {
    now: () => new Date(current),
    advance: (ms) => {
      current += ms;
    },
  };
}

/** A clock that stands, until somebody moves it and takes another: a sandbox tenant's. */
export function standingClock(at: Date): Clock {
  return { now: () => new Date(at), standing: true };
}

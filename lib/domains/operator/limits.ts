const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long things of operators live, in milliseconds. Shorter than people's: more is at stake. */
export const operatorLifetimes = {
  /** A session that isn't used. */
  sessionIdle: 30 * MINUTE,
  /** Any session, used or not. */
  sessionAbsolute: 12 * HOUR,
  /** From the password to the code of the authenticator app. */
  secondFactor: 10 * MINUTE,
  /** The link of an invitation. */
  invitation: 3 * 24 * HOUR,
  /** Use is written down at most this often. */
  touch: MINUTE,
  /** An address counts as known this long after a sign-in from it. */
  knownAddress: 90 * 24 * HOUR,
} as const;

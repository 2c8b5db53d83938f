const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long things live, in milliseconds. */
export const lifetimes = {
  /** A browser's session, unused. */
  sessionIdle: 14 * DAY,
  /** Any session, used or not. */
  sessionAbsolute: 60 * DAY,
  accessToken: HOUR,
  /** A program's session whose refresh token wasn't used. */
  refreshIdle: 14 * DAY,
  handover: MINUTE,
  /** From asking at a tenant's host to coming back with the code. */
  handoverNonce: 5 * MINUTE,
  setupToken: HOUR,
  verifyEmail: 3 * DAY,
  resetPassword: HOUR,
  /** The first password of a person made without one. */
  choosePassword: 7 * DAY,
  confirmTenant: 7 * DAY,
  invitation: 7 * DAY,
  /** A session's or membership's "last seen" is written at most this often. */
  touch: 5 * MINUTE,
  /** An address counts as known this long after a sign-in from it. */
  knownAddress: 90 * DAY,
} as const;

/** Process-wide memory of who a token or membership is: how long a revocation may go unnoticed. */
export const CACHE_MS = 800;

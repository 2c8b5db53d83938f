export { acceptInvitation, getInvitation, type InvitationView } from './accept-invitation';
export { createHandover, handoverUrl } from './create-handover';
export { createPerson } from './create-person';
export { deviceWords } from './device-words';
export {
  endReplaced,
  endSessions,
  forgetPerson,
  revokeOtherSessions,
  revokeSession,
  signOut,
  signOutEverywhere,
} from './end-session';
export { findSession } from './find-session';
export { findSuspension, type Suspension } from './find-suspension';
export { findSetupToken } from './find-setup-token';
export { getMe } from './get-me';
export { endNonceCookieHeader, nonceCookie, startNonce } from './handover-nonce';
export { checkPassword, hashPassword } from './hash-password';
export { inviteMember } from './invite-member';
export { lifetimes } from './limits';
export { listSessions } from './list-sessions';
export { logIn } from './log-in';
export { issueCode, peekCode, redeemCode } from './one-time-codes';
export { type BrowserSession, openBrowserSession } from './open-session';
export { passwordFault } from './password-rules';
export type { MembershipInfo, Principal, SessionPrincipal } from './principal';
export { findPersonByEmail, type Person } from './prove-password';
export { queueMail } from './queue-mail';
export { redeemHandover } from './redeem-handover';
export { refreshTokens } from './refresh-tokens';
export { requestPasswordReset } from './request-password-reset';
export { changePassword, resetPassword, setUnusablePassword } from './reset-password';
export { resolveMembership, type TenantSelector } from './resolve-membership';
export {
  acceptInvitationInput,
  changePasswordInput,
  type DunningNotice,
  endSessionsQuery,
  inviteInput,
  logInDto,
  logInInput,
  meDto,
  newPassword,
  refreshInput,
  requestResetInput,
  resetPasswordInput,
  type SessionDto,
  sessionDto,
  sessionList,
  sessionParams,
  sessionsEnded,
  signInInput,
  tokenInput,
  tokensDto,
  updateMeInput,
  type UserDto,
  userDto,
} from './schemas';
export { forgetAccess } from './session-cache';
export {
  endSessionCookieHeader,
  hostCookie,
  sessionCookie,
  sessionCookieAttributes,
  setHostCookie,
  startSessionCookie,
} from './session-cookie';
export { memberCtx, type SignedIn, signIn } from './sign-in';
export {
  codeThrottle,
  forgive,
  mailThrottle,
  requireTry,
  signUpThrottle,
  takeTry,
  type Throttle,
} from './throttle';
export { newSetupToken } from './tokens';
export { updateMe } from './update-me';
export {
  markVerified,
  queueVerification,
  resendVerification,
  staleLink,
  verifyEmail,
} from './verify-email';

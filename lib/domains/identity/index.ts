export { findSession } from './find-session';
export { findSetupToken } from './find-setup-token';
export type { MembershipInfo, Principal, SessionPrincipal } from './principal';
export { resolveMembership, type TenantSelector } from './resolve-membership';
export {
  endSessionCookie,
  sessionCookie,
  sessionCookieAttributes,
  startSessionCookie,
} from './session-cookie';

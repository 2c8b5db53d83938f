import { env } from '@/lib/infra/env';
import { lifetimes } from './limits';
import { hostCookie, setHostCookie } from './session-cookie';
import { newOpaqueToken, tokenHash } from './tokens';

const NONCE = /^[\w-]{43}$/;
const HASH = /^[0-9a-f]{64}$/;

/** Name of the cookie that says which browser asked to be signed in at a tenant's host. */
export const nonceCookie = () => hostCookie(env(), 'nz_handover');

export const isNonceHash = (text: string) => HASH.test(text);

/** What may be told of a nonce: the code is bound to it, and nobody learns the nonce by it. */
export function nonceHash(nonce: string | null): string | null {
  return nonce !== null && NONCE.test(nonce) ? tokenHash(nonce) : null;
}

/**
 * The nonce of a browser that begins a hand-over: the one it has, so that two tabs don't spoil each
 * other's, or a new one. `setCookie` keeps it for a few minutes, in this host alone.
 */
export function startNonce(current: string | null): { browserHash: string; setCookie: string } {
  const nonce = nonceHash(current) === null ? newOpaqueToken() : (current as string);
  const seconds = lifetimes.handoverNonce / 1000;
  return {
    browserHash: tokenHash(nonce),
    setCookie: setHostCookie(env(), 'nz_handover', nonce, `Max-Age=${seconds}`),
  };
}

/** A `Set-Cookie` value that takes the nonce away: it has served. */
export const endNonceCookieHeader = () => setHostCookie(env(), 'nz_handover', '', 'Max-Age=0');

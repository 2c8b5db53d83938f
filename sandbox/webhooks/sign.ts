import { createHmac } from 'node:crypto';

/** Stripe's signature header: HMAC-SHA256 over `timestamp.payload`, scheme v1. `at` in unix seconds of real time. */
export function signPayload(payload: string, secret: string, at: number): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')}`;
}

import type { RequestInfo } from '@/lib/kernel/ctx';
import { systemClock } from '@/lib/kernel/clock';
import { env } from '@/lib/infra/env';
import { forbidden } from '@/lib/kernel/errors';
import { newRequestId } from './error-map';

type HeaderReader = { get(name: string): string | null };

/** Headers as the gateway left them: it overwrites every forwarded and internal one. */
export function requestInfo(headers: HeaderReader): RequestInfo {
  const given = headers.get('x-request-id');
  return {
    requestId: given && /^[\w-]{8,80}$/.test(given) ? given : newRequestId(),
    clock: systemClock,
    ip: headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? null,
    userAgent: headers.get('user-agent')?.slice(0, 300) ?? null,
  };
}

export function readCookie(header: string | null, name: string): string | null {
  if (!header) return null;
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/**
 * A write made with a cookie must come from a page of the same host. No header and `null` are
 * foreign: every browser sends Origin on writes.
 */
export function checkOrigin(headers: HeaderReader): void {
  const origin = headers.get('origin');
  const host = headers.get('host');
  const expected = host ? `${new URL(env().publicOrigin).protocol}//${host}` : null;
  if (origin && expected && origin === expected) return;
  throw forbidden('This request came from another site. Open the page again and repeat it.');
}

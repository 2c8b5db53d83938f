import { abandonIdempotent, beginIdempotent, completeIdempotent } from '@/lib/domains/gateway';
import { sha256 } from '@/lib/infra/crypto';
import type { RequestInfo } from '@/lib/kernel/ctx';
import { conflict, DomainError, invalidField } from '@/lib/kernel/errors';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Refusals that end by themselves; a repeat with the same key must get through then. */
const NOT_KEPT = new Set([402, 423, 429]);

type Caller = { tenantId: string | null; credential: string | null };

/** The key given with a write, checked; null when there is none. */
export function idempotencyKey(request: Request): string | null {
  const key = request.headers.get('idempotency-key');
  if (key === null || !WRITES.has(request.method)) return null;
  if (key.length === 0 || key.length > 255) {
    throw invalidField(
      'Idempotency-Key',
      'invalid_idempotency_key',
      'An Idempotency-Key has 1 to 255 characters.',
    );
  }
  return key;
}

/** What makes two requests the same: method, address and body (for uploads type and size stand for it). */
function fingerprint(request: Request, body: Uint8Array | null): string {
  const { pathname, search } = new URL(request.url);
  const content = body
    ? sha256(body)
    : `${request.headers.get('content-type')} ${request.headers.get('content-length')}`;
  return sha256(`${request.method} ${pathname}${search}\n${content}`);
}

/** Runs `work` once for each key and gives its answer again to whoever repeats the call. */
export async function onceForKey(
  key: string,
  request: Request,
  body: Uint8Array | null,
  caller: Caller,
  info: RequestInfo,
  work: () => Promise<Response>,
): Promise<Response> {
  const requestHash = fingerprint(request, body);
  const scope = sha256(`${caller.tenantId} ${caller.credential ?? requestHash} ${key}`);
  const { tenantId } = caller;
  const begun = await beginIdempotent({ tenantId, scope, requestHash, now: info.clock.now() });
  switch (begun.state) {
    case 'mismatch':
      throw new DomainError(
        'invalid',
        'idempotency_mismatch',
        'This Idempotency-Key was already used for another request.',
      );
    case 'in_flight':
      throw conflict(
        'idempotency_in_flight',
        'The first request with this Idempotency-Key is still running. Try again shortly.',
      );
    case 'replay':
      return answerOf(begun.status, begun.body, {
        ...begun.headers,
        'Idempotent-Replayed': 'true',
      });
    case 'fresh':
  }
  const response = await work().catch(async (error: unknown) => {
    await abandonIdempotent(begun.record);
    throw error;
  });
  if (response.status >= 500 || NOT_KEPT.has(response.status)) {
    await abandonIdempotent(begun.record);
    return response;
  }
  const { status } = response;
  const answer = new Uint8Array(await response.arrayBuffer());
  const type = response.headers.get('content-type');
  const headers = type ? { 'content-type': type } : undefined;
  // When this fails the effect stands, so the key stays taken: a repeat must not do it again.
  await completeIdempotent(begun.record, { status, headers: headers ?? {}, body: answer });
  return answerOf(status, answer, response.headers);
}

function answerOf(status: number, body: Uint8Array, headers: HeadersInit): Response {
  return new Response(body.byteLength === 0 ? null : new Uint8Array(body), { status, headers });
}

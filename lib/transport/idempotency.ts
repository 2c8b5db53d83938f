import {
  beginIdempotent,
  completeIdempotent,
  type IdempotentRecord,
  keepContent,
  releaseIdempotent,
} from '@/lib/domains/gateway';
import { sha256 } from '@/lib/infra/crypto';
import { inSteps } from '@/lib/infra/db';
import type { RequestInfo } from '@/lib/kernel/ctx';
import { conflict, DomainError, invalidField, isDomainError } from '@/lib/kernel/errors';
import { problemOf, statusOf } from './error-map';
import { problemAnswer } from './problem-answer';
import type { StreamedContent } from './streamed-content';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** What says nothing of the request itself: too fast, or a fault of ours. A repeat goes on with it. */
const isKept = (status: number) => status < 500 && status !== 429;

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

type Body = Uint8Array | StreamedContent | null;

/**
 * What makes two requests the same: method, address and body. For one that is streamed, type and size
 * stand for it here, and it is compared when it has passed.
 */
function fingerprint(request: Request, body: Body): string {
  const { pathname, search } = new URL(request.url);
  const content =
    body instanceof Uint8Array
      ? sha256(body)
      : `${request.headers.get('content-type')} ${request.headers.get('content-length')}`;
  return sha256(`${request.method} ${pathname}${search}\n${content}`);
}

/**
 * Runs `work` once for each key and gives its answer, a refusal too, again to whoever repeats the
 * call. A run that was cut short is gone on with where its last transaction ended (ADR 0008).
 */
export async function onceForKey(
  key: string,
  request: Request,
  body: Body,
  caller: Caller,
  info: RequestInfo,
  work: () => Promise<Response>,
): Promise<Response> {
  const content = body instanceof Uint8Array ? null : body;
  const requestHash = fingerprint(request, body);
  const scope = sha256(`${caller.tenantId} ${caller.credential ?? requestHash} ${key}`);
  const { tenantId } = caller;
  const begun = await beginIdempotent({ tenantId, scope, requestHash, now: info.clock.now() });
  switch (begun.state) {
    case 'mismatch':
      throw mismatch();
    case 'in_flight':
      throw conflict(
        'idempotency_in_flight',
        'The first request with this Idempotency-Key is still running. Try again shortly.',
      );
    case 'replay':
      if (content && begun.contentHash && (await content.finish()) !== begun.contentHash) {
        throw mismatch();
      }
      return answerOf(begun.status, begun.body, {
        ...begun.headers,
        'Idempotent-Replayed': 'true',
      });
    case 'fresh':
  }
  const { record } = begun;
  const response = await runOnce(record, content, info, work).catch(async (error: unknown) => {
    await releaseIdempotent(record);
    throw error;
  });
  if (!isKept(response.status)) {
    await releaseIdempotent(record);
    return response;
  }
  const { status } = response;
  const answer = new Uint8Array(await response.arrayBuffer());
  // Cookies are the browser's alone, and not kept.
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) => name !== 'set-cookie'),
  );
  // When this fails the effect stands and is remembered: a repeat gets its answer from the steps.
  await completeIdempotent(record, { status, headers, body: answer });
  return answerOf(status, answer, response.headers);
}

const mismatch = () =>
  new DomainError(
    'invalid',
    'idempotency_mismatch',
    'This Idempotency-Key was already used for another request.',
  );

/**
 * The work's answer, a refusal too. Throws what isn't kept, and `idempotency_mismatch` when a run that was cut
 * short had carried something else.
 */
async function runOnce(
  record: IdempotentRecord,
  content: StreamedContent | null,
  info: RequestInfo,
  work: () => Promise<Response>,
): Promise<Response> {
  let other: DomainError | null = null;
  content?.onWhole(async (hash) => {
    if (await keepContent(record, hash)) return;
    other = mismatch();
    throw other;
  });
  try {
    const response = await inSteps(record.steps, work);
    await content?.finish();
    return response;
  } catch (error) {
    if (other || !isDomainError(error) || !isKept(statusOf[error.kind])) throw other ?? error;
    await content?.finish();
    return problemAnswer(problemOf(error, info.requestId));
  }
}

function answerOf(status: number, body: Uint8Array, headers: HeadersInit): Response {
  return new Response(body.byteLength === 0 ? null : new Uint8Array(body), { status, headers });
}

import { countBandwidth } from '@/lib/domains/usage';
import type { Ctx } from '@/lib/kernel/ctx';
import type { Credential } from './admission';

/** A JSON answer that knows its length, so that nobody has to look at its bytes again. */
export function jsonAnswer(
  body: unknown,
  status: number,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Response {
  const text = JSON.stringify(body);
  const length = String(Buffer.byteLength(text));
  return new Response(text, { status, headers: { ...headers, 'content-length': length } });
}

/**
 * Counts the bytes of an answer's body, where calls by this credential are metered: at once where the length is known,
 * else piece by piece as the caller takes them, so that what a caller left behind isn't counted.
 */
export function weighAnswer(
  response: Response,
  call: { ctx: Ctx; credential: Credential; method: string },
): Response {
  const { kind } = call.credential;
  const metered = kind === 'apiKey' || kind === 'token';
  const { body } = response;
  if (!metered || !body || call.method === 'HEAD' || response.status >= 500) return response;
  const length = response.headers.get('content-length');
  if (length !== null) {
    countBandwidth(call.ctx, Number(length), 1);
    return response;
  }
  let answers: 0 | 1 = 1;
  const weighing = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      countBandwidth(call.ctx, piece.byteLength, answers);
      answers = 0;
      controller.enqueue(piece);
    },
  });
  const { status, headers } = response;
  return new Response(body.pipeThrough(weighing), { status, headers });
}

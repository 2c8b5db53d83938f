import type { RequestInfo } from '@/lib/kernel/ctx';
import { problemOf } from './error-map';
import { readBody } from './read-input';
import { requestInfo } from './request-info';

type Receive = (
  info: RequestInfo,
  rawBody: string,
  header: (name: string) => string | null,
) => Promise<{ duplicate: boolean }>;

/**
 * A route for what a provider tells. Signatures are over the body's bytes, so they are handed on as they
 * came; 2xx means stored, and everything else happens in a job.
 */
export function defineInbound(receive: Receive): (request: Request) => Promise<Response> {
  return async (request) => {
    const info = requestInfo(request.headers);
    const headers = { 'X-Request-Id': info.requestId, 'Cache-Control': 'no-store' };
    try {
      const body = new TextDecoder().decode(await readBody(request));
      const stored = await receive(info, body, (name) => request.headers.get(name));
      return Response.json({ received: true, duplicate: stored.duplicate }, { headers });
    } catch (error) {
      const problem = problemOf(error, info.requestId);
      return new Response(JSON.stringify(problem), {
        status: problem.status,
        headers: { ...headers, 'content-type': 'application/problem+json' },
      });
    }
  };
}

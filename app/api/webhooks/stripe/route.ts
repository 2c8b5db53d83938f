import { receiveWebhook } from '@/lib/domains/billing';
import { problemOf } from '@/lib/transport/error-map';
import { readBody } from '@/lib/transport/read-input';
import { requestInfo } from '@/lib/transport/request-info';

/**
 * What the payment provider tells. The signature is over the body's bytes, so they are read as
 * they came; 2xx means stored, and everything else happens in a job.
 */
export async function POST(request: Request): Promise<Response> {
  const info = requestInfo(request.headers);
  const headers = { 'X-Request-Id': info.requestId, 'Cache-Control': 'no-store' };
  try {
    const body = new TextDecoder().decode(await readBody(request));
    const stored = await receiveWebhook(info, 'stripe', body, (name) => request.headers.get(name));
    return Response.json({ received: true, duplicate: stored.duplicate }, { headers });
  } catch (error) {
    const problem = problemOf(error, info.requestId);
    return new Response(JSON.stringify(problem), {
      status: problem.status,
      headers: { ...headers, 'content-type': 'application/problem+json' },
    });
  }
}

import type { Ctx } from '@/lib/kernel/ctx';
import type { StreamName } from '@/lib/infra/realtime';
import { admit, finish, incomingCall, uncount } from './admit';
import { problemOf } from './error-map';
import { streamQuery, streamSpecs } from './event-stream';
import { problemAnswer } from './problem-answer';
import { parseInput, readQuery } from './read-input';

export type Handshake =
  | { let: 'in'; ctx: Ctx; since: number | null; headers: Record<string, string> }
  | { let: 'out'; answer: Response };

/**
 * Lets a WebSocket handshake in by the same rules as the route of its stream: credential, tenant, Origin,
 * limits, permission, input. A refused one gets the answer that the route would give.
 */
export async function admitHandshake(
  stream: StreamName,
  request: Pick<Request, 'method' | 'url' | 'headers'>,
): Promise<Handshake> {
  const incoming = incomingCall(request, {});
  try {
    const { ctx } = await admit(streamSpecs[stream], incoming);
    if (!('tenantId' in ctx)) throw new TypeError('a stream belongs to a tenant');
    const { since_seq: since = null } = parseInput(streamQuery, readQuery(incoming.url));
    return { let: 'in', ctx, since, headers: incoming.answer.headers };
  } catch (error) {
    const problem = problemOf(error, incoming.info.requestId);
    if (problem.status >= 500) await uncount(incoming);
    return { let: 'out', answer: finish(problemAnswer(problem), incoming) };
  }
}

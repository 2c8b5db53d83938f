import type { z } from 'zod';
import type { Ctx, OperatorCtx, RequestInfo } from '@/lib/kernel/ctx';
import { credentialOf } from './admission';
import { admit, finish, type Incoming, incomingCall, uncount } from './admit';
import type { Caller } from './authenticate';
import { problemOf } from './error-map';
import { idempotencyKey, onceForKey } from './idempotency';
import { problemAnswer } from './problem-answer';
import { parseInput, readBody, readJson, readQuery } from './read-input';
import { jsonAnswer } from './weigh-answer';
import { streamedContent } from './streamed-content';
import type { Access, Route, RouteCall, RouteContext, RouteSpec } from './route-spec';

type Schema = z.ZodType | undefined;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Makes a web-standard handler of a verb. In order: who is calling, which tenant, rate limit and
 * quota (counted durably before anything is done), permission, input, idempotency, the verb, the
 * answer.
 * It imports nothing of a framework, so the gateway and Next serve the same function.
 */
export function defineRoute<
  const A extends Access,
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(spec: RouteSpec<A, P, Q, B>, handler: (call: RouteCall<A, P, Q, B>) => Promise<unknown>): Route {
  const general = spec as unknown as RouteSpec;
  // Input is parsed with the schemas of `spec`, which is what ties the types of the call to them.
  const run = handler as unknown as Handler;
  const route = async (request: Request, context: RouteContext): Promise<Response> => {
    // Next hands over no parameters for a path that has none.
    const incoming = incomingCall(request, (await context.params) ?? {});
    try {
      return finish(await handle(general, run, request, incoming), incoming);
    } catch (error) {
      const problem = problemOf(error, incoming.info.requestId);
      if (problem.status >= 500) await uncount(incoming);
      return finish(problemAnswer(problem), incoming);
    }
  };
  return Object.assign(route, { spec: general });
}

type Handler = (call: RouteCall<Access, Schema, Schema, Schema>) => Promise<unknown>;

async function handle(
  spec: RouteSpec,
  handler: Handler,
  request: Request,
  incoming: Incoming,
): Promise<Response> {
  const { params, url, info } = incoming;
  const { caller, ctx, keyCtx } = await admit(spec, incoming);
  const key = idempotencyKey(request);
  const streamed = spec.rawBody && key !== null && ctx && 'tenantId' in ctx;
  const content = streamed ? streamedContent(request) : null;
  const bytes = spec.rawBody || SAFE.has(request.method) ? null : await readBody(request);
  const call = {
    ctx,
    keyCtx: keyCtx ?? null,
    principal: caller?.kind === 'apiKey' ? null : caller,
    params: spec.params ? parseInput(spec.params, params) : undefined,
    query: spec.query ? parseInput(spec.query, readQuery(url)) : undefined,
    body: spec.body
      ? parseInput(spec.body, readJson(request, bytes ?? new Uint8Array()), spec.ownRows)
      : undefined,
    request: content?.request ?? request,
  };
  const work = async () => {
    const result = await handler(call as Parameters<Handler>[0]);
    if (result instanceof Response) return result;
    if (result === undefined) return new Response(null, { status: spec.status ?? 204 });
    return jsonAnswer(result, spec.status ?? 200);
  };
  const response =
    key === null
      ? await work()
      : await onceForKey(key, request, content ?? bytes, idempotencyScope(ctx, caller), info, work);
  if (response.status >= 500) await uncount(incoming);
  return response;
}

function idempotencyScope(ctx: Ctx | OperatorCtx | RequestInfo, caller: Caller | null) {
  if ('tenantId' in ctx) {
    const { kind, id } = credentialOf(ctx);
    // A person's browser and programs share their keys; an API key has its own.
    const person = ctx.actor.kind === 'member' ? ctx.actor.userId : null;
    return { tenantId: ctx.tenantId, credential: person ?? `${kind} ${id}` };
  }
  if ('actor' in ctx) return { tenantId: null, credential: `operator ${ctx.actor.operatorId}` };
  return { tenantId: null, credential: caller?.kind === 'session' ? caller.userId : null };
}

import { refundCall } from '@/lib/domains/gateway';
import { log } from '@/lib/infra/log';
import type { z } from 'zod';
import { authorise, type Ctx, type RequestInfo } from '@/lib/kernel/ctx';
import { forbidden, isDomainError, unauthenticated } from '@/lib/kernel/errors';
import {
  admitAddress,
  admitTenant,
  credentialOf,
  rateHeaders,
  requireAdmission,
} from './admission';
import {
  type Caller,
  checkNamedTenant,
  checkStatus,
  findCaller,
  TENANT_HEADER,
  tenantCtx,
} from './authenticate';
import { problemOf } from './error-map';
import { idempotencyKey, onceForKey } from './idempotency';
import { problemAnswer } from './problem-answer';
import { parseInput, readBody, readJson, readQuery } from './read-input';
import { checkOrigin, requestInfo } from './request-info';
import type { Access, Route, RouteCall, RouteContext, RouteSpec } from './route-spec';

type Schema = z.ZodType | undefined;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Headers gathered while a call is handled, for answers and refusals alike. */
type Answer = { headers: Record<string, string>; undo?: () => Promise<void> };

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
    const info = requestInfo(request.headers);
    const answer: Answer = { headers: { 'X-Request-Id': info.requestId } };
    try {
      // Next hands over no parameters for a path that has none.
      const params = (await context.params) ?? {};
      return finish(await handle(general, run, { request, params, info, answer }), answer);
    } catch (error) {
      const problem = problemOf(error, info.requestId);
      if (problem.status >= 500) await uncount(answer, info);
      return finish(problemAnswer(problem), answer);
    }
  };
  return Object.assign(route, { spec: general });
}

type Handler = (call: RouteCall<Access, Schema, Schema, Schema>) => Promise<unknown>;
type Incoming = {
  request: Request;
  params: Record<string, string>;
  info: RequestInfo;
  answer: Answer;
};

async function handle(spec: RouteSpec, handler: Handler, incoming: Incoming): Promise<Response> {
  const { request, params, info, answer } = incoming;
  const url = new URL(request.url);
  const { caller, ctx, keyCtx } = await admit(spec, incoming, url);
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
    request,
  };
  const work = async () => {
    const result = await handler(call as Parameters<Handler>[0]);
    if (result instanceof Response) return result;
    if (result === undefined) return new Response(null, { status: spec.status ?? 204 });
    return Response.json(result, { status: spec.status ?? 200 });
  };
  const key = idempotencyKey(request);
  const response =
    key === null
      ? await work()
      : await onceForKey(key, request, bytes, idempotencyScope(ctx, caller), info, work);
  if (response.status >= 500) await uncount(answer, info);
  return response;
}

/** A call that ended in 5xx doesn't count. When even that can't be written, it is logged. */
async function uncount(answer: Answer, info: RequestInfo): Promise<void> {
  await answer.undo?.().catch((error: unknown) => {
    log().error({ err: error, requestId: info.requestId }, 'a failed call stays counted');
  });
}

function idempotencyScope(ctx: Ctx | RequestInfo, caller: Caller | null) {
  if ('tenantId' in ctx) {
    const { kind, id } = credentialOf(ctx);
    // A person's browser and programs share their keys; an API key has its own.
    const person = ctx.actor.kind === 'member' ? ctx.actor.userId : null;
    return { tenantId: ctx.tenantId, credential: person ?? `${kind} ${id}` };
  }
  return { tenantId: null, credential: caller?.kind === 'session' ? caller.userId : null };
}

/** Finds out who calls, in which tenant, and whether the limits let the call in. */
async function admit(spec: RouteSpec, incoming: Incoming, url: URL) {
  const { request, params, info, answer } = incoming;
  const caller = await identify(spec, request, info, answer);
  if (!caller || !limitedByTenant(spec, caller)) {
    await admitByAddress(info, answer);
    if (!caller && spec.access !== 'public') throw unauthenticated();
    checkKind(spec, caller);
    return { caller, ctx: info };
  }
  const wish = {
    host: request.headers.get(TENANT_HEADER),
    path: spec.tenantParam ? (params[spec.tenantParam] ?? null) : null,
    chosen: request.headers.get('x-tenant-id') ?? url.searchParams.get('tenant'),
  };
  const { ctx, status, slug } = await tenantCtx(caller, wish, info).catch(
    async (error: unknown) => {
      await admitByAddress(info, answer);
      throw error;
    },
  );
  const endpoint = `${request.method} ${pattern(url.pathname, params)}`;
  const admission = await admitTenant(ctx, endpoint, spec.quotaExempt ?? false);
  Object.assign(answer.headers, rateHeaders(admission));
  requireAdmission(admission);
  answer.undo = () =>
    refundCall({
      tenantId: ctx.tenantId,
      credential: credentialOf(ctx),
      endpoint,
      at: info.clock.now(),
    });
  // Refused calls are limited and counted too, so these come after.
  checkKind(spec, caller);
  await checkNamedTenant(caller, { ctx, slug }, wish);
  checkStatus(status, spec.whileSuspended ?? false);
  checkPermission(spec, ctx);
  if (spec.access === 'tenant') return { caller, ctx };
  return { caller, ctx: info, keyCtx: caller.kind === 'apiKey' ? ctx : null };
}

/** Calls by key or access token count in their tenant, whatever they ask for. */
function limitedByTenant(spec: RouteSpec, caller: Caller): boolean {
  if (caller.kind === 'apiKey' || (caller.kind === 'session' && caller.via === 'token'))
    return true;
  return spec.access === 'tenant' && (caller.kind !== 'setup' || spec.setupToken === true);
}

async function identify(
  spec: RouteSpec,
  request: Request,
  info: RequestInfo,
  answer: Answer,
): Promise<Caller | null> {
  try {
    const caller = await findCaller(request.headers, info);
    const byCookie = caller?.kind === 'session' && caller.via === 'cookie';
    if (byCookie && !SAFE.has(request.method)) checkOrigin(request.headers);
    return caller;
  } catch (error) {
    // A stale token must not keep anybody from signing in again.
    if (spec.access === 'public' && isDomainError(error) && error.kind === 'unauthenticated') {
      return null;
    }
    await admitByAddress(info, answer);
    throw error;
  }
}

/** Refuses callers of a kind that the route isn't for. */
function checkKind(spec: RouteSpec, caller: Caller | null): void {
  if (!caller) return;
  if (caller.kind === 'setup' && !spec.setupToken && spec.access !== 'public') {
    throw forbidden('A set-up token can only read its tenant and create its first subscription.');
  }
  const welcome = caller.kind === 'session' || (caller.kind === 'apiKey' && spec.apiKeyToo);
  if (spec.access === 'person' && !welcome) {
    throw forbidden('This is for people: use an access token from /auth/login.');
  }
}

/** Before the body is read: whoever may not do it isn't told what is wrong with it. */
function checkPermission({ permission, policy }: RouteSpec, ctx: Ctx): void {
  const byKey = ctx.actor.kind === 'apiKey';
  if (typeof permission === 'string') authorise(ctx, permission);
  else if (permission && byKey) authorise(ctx, permission.ofKeys);
  policy?.(ctx);
}

async function admitByAddress(info: RequestInfo, answer: Answer): Promise<void> {
  const admission = await admitAddress(info);
  Object.assign(answer.headers, rateHeaders(admission));
  requireAdmission(admission);
}

/** `/api/v1/strategies/:id` for `/api/v1/strategies/stg_…`. */
function pattern(pathname: string, params: Record<string, string>): string {
  let path = pathname;
  for (const [name, value] of Object.entries(params)) {
    path = path.replace(`/${encodeURIComponent(value)}`, `/:${name}`);
  }
  return path;
}

function finish(response: Response, answer: Answer): Response {
  const { headers } = response;
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, value);
  if (!headers.has('cache-control')) headers.set('Cache-Control', 'private, no-store');
  return response;
}

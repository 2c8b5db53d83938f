import { refundCall } from '@/lib/domains/gateway';
import { operatorCtx } from '@/lib/domains/operator';
import { log } from '@/lib/infra/log';
import {
  authorise,
  authoriseOperator,
  type Ctx,
  type OperatorCtx,
  type RequestInfo,
} from '@/lib/kernel/ctx';
import type { OperatorPermission } from '@/lib/kernel/operator-access';
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
import { findBrowserOperator, requireStage, THROUGH } from './operator-caller';
import { checkOrigin, requestInfo } from './request-info';
import type { RouteSpec } from './route-spec';
import { weighAnswer } from './weigh-answer';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A call under way, with what is gathered for its answer, a refusal too. */
export type Incoming = {
  method: string;
  url: URL;
  headers: Headers;
  params: Record<string, string>;
  info: RequestInfo;
  answer: {
    headers: Record<string, string>;
    undo?: () => Promise<void>;
    /** Counts the bytes of the answer to a call that was let in. */
    weigh?: (response: Response) => Response;
  };
};

export function incomingCall(
  request: Pick<Request, 'method' | 'url' | 'headers'>,
  params: Record<string, string>,
): Incoming {
  const { method, headers } = request;
  const info = requestInfo(headers);
  const answer = { headers: { 'X-Request-Id': info.requestId } };
  return { method, headers, url: new URL(request.url), params, info, answer };
}

/** Finds out who calls, in which tenant, and whether the limits let the call in. */
export async function admit(
  spec: RouteSpec,
  incoming: Incoming,
): Promise<{ caller: Caller | null; ctx: Ctx | OperatorCtx | RequestInfo; keyCtx?: Ctx | null }> {
  const operator = spec.platform ? await admitOperator(spec.platform, incoming) : null;
  if (operator) return { caller: null, ctx: operator };
  const { method, url, headers, params, info, answer } = incoming;
  const caller = await identify(spec, incoming);
  if (!caller || !limitedByTenant(spec, caller)) {
    await admitByAddress(incoming);
    if (!caller && spec.access !== 'public') throw unauthenticated();
    checkKind(spec, caller);
    return { caller, ctx: info };
  }
  const wish = {
    host: headers.get(TENANT_HEADER),
    path: spec.tenantParam ? (params[spec.tenantParam] ?? null) : null,
    chosen: headers.get('x-tenant-id') ?? url.searchParams.get('tenant'),
  };
  const { ctx, status, slug } = await tenantCtx(caller, wish, info).catch(
    async (error: unknown) => {
      await admitByAddress(incoming);
      throw error;
    },
  );
  const ownRate = caller.kind === 'apiKey' ? caller.requestsPerSecond : null;
  const endpoint = `${method} ${pattern(url.pathname, params)}`;
  const admission = await admitTenant(ctx, endpoint, spec.quotaExempt ?? false, ownRate);
  Object.assign(answer.headers, rateHeaders(admission));
  requireAdmission(admission);
  answer.undo = () =>
    refundCall({
      tenantId: ctx.tenantId,
      credential: credentialOf(ctx),
      endpoint,
      at: ctx.clock.now(),
    });
  answer.weigh = (response) =>
    weighAnswer(response, { ctx, credential: credentialOf(ctx), method });
  // Refused calls are limited and counted too, so these come after.
  checkKind(spec, caller);
  await checkNamedTenant(caller, { ctx, slug }, wish);
  await checkStatus(ctx, status, spec.whileSuspended ?? false);
  checkPermission(spec, ctx);
  if (spec.access === 'tenant') return { caller, ctx };
  return { caller, ctx: info, keyCtx: caller.kind === 'apiKey' ? ctx : null };
}

/**
 * An operator's call, which belongs to no tenant: the admin host's own session opens it and no other credential.
 * Null without such a session.
 */
async function admitOperator(
  permission: OperatorPermission,
  incoming: Incoming,
): Promise<OperatorCtx | null> {
  const { method, headers, info } = incoming;
  if (headers.has('authorization')) return null;
  const operator = await findBrowserOperator(headers, info.clock.now());
  if (!operator) return null;
  await admitByAddress(incoming);
  const ctx = operatorCtx(info, requireStage(operator, THROUGH));
  if (!SAFE.has(method)) checkOrigin(headers);
  authoriseOperator(ctx, permission);
  return ctx;
}

/** Calls by key or access token count in their tenant, whatever they ask for. */
function limitedByTenant(spec: RouteSpec, caller: Caller): boolean {
  if (caller.kind === 'apiKey' || (caller.kind === 'session' && caller.via === 'token'))
    return true;
  return spec.access === 'tenant' && (caller.kind !== 'setup' || spec.setupToken === true);
}

async function identify(spec: RouteSpec, incoming: Incoming): Promise<Caller | null> {
  const { method, headers, info } = incoming;
  try {
    const caller = await findCaller(headers, info);
    const byCookie = caller?.kind === 'session' && caller.via === 'cookie';
    // A page of another site can also open sockets with this person's cookie, and read from them.
    if (byCookie && (!SAFE.has(method) || headers.has('upgrade'))) checkOrigin(headers);
    return caller;
  } catch (error) {
    // A stale token must not keep anybody from signing in again.
    if (spec.access === 'public' && isDomainError(error) && error.kind === 'unauthenticated') {
      return null;
    }
    await admitByAddress(incoming);
    throw error;
  }
}

/** Refuses callers of a kind that the route isn't for. */
function checkKind(spec: RouteSpec, caller: Caller | null): void {
  if (!caller) return;
  if (spec.access === 'operator') throw forbidden('This is for the operators of the platform.');
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

async function admitByAddress({ info, answer }: Incoming): Promise<void> {
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

/** A call that ended in 5xx doesn't count. When even that can't be written, it is logged. */
export async function uncount({ answer, info }: Incoming): Promise<void> {
  await answer.undo?.().catch((error: unknown) => {
    log().error({ err: error, requestId: info.requestId }, 'a failed call stays counted');
  });
}

/** Every answer carries the call's id and limits, and may not be kept unless it says otherwise. */
export function finish(response: Response, { answer }: Incoming): Response {
  const { headers } = response;
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, value);
  if (!headers.has('cache-control')) headers.set('Cache-Control', 'private, no-store');
  return answer.weigh?.(response) ?? response;
}

import type { z } from 'zod';
import type { Principal } from '@/lib/domains/identity';
import type { Permission } from '@/lib/kernel/access';
import type { Ctx, OperatorCtx, PublicCtx } from '@/lib/kernel/ctx';
import type { OperatorPermission } from '@/lib/kernel/operator-access';

/** Who may call: anybody; a person whatever the tenant; a caller within one tenant; an operator at the admin host. */
export type Access = 'public' | 'person' | 'tenant' | 'operator';

type Schema = z.ZodType | undefined;
type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

/** `ofKeys`: people need no permission of their role here, because the verb looks at what it is about. */
export type Needed = Permission | { ofKeys: Permission };

/** Decided before anything of the request is read; the verb decides again, by itself. */
type Authorisation<A extends Access> = A extends 'tenant'
  ? { permission: Needed; policy?: (ctx: Ctx) => void; platform?: never }
  : A extends 'operator'
    ? { platform: OperatorPermission; permission?: never; policy?: never }
    : { permission?: Needed; policy?: never; platform?: never };

/** What a route is: enough to check calls, to limit and meter them, and to describe them in OpenAPI. */
export type RouteSpec<
  A extends Access = Access,
  P extends Schema = Schema,
  Q extends Schema = Schema,
  B extends Schema = Schema,
> = {
  summary: string;
  tag: string;
  access: A;
  /** The path parameter that names the caller's own tenant. */
  tenantParam?: string;
  /** Works when the month's API calls are used up, so that a tenant can help itself. */
  quotaExempt?: boolean;
  /** May be called with the set-up token of a new tenant. */
  setupToken?: boolean;
  /** A route for people that API keys may call too: the handler then gets `keyCtx` and no principal. */
  apiKeyToo?: boolean;
  /** Works in a suspended tenant. */
  whileSuspended?: boolean;
  params?: P;
  query?: Q;
  body?: B;
  /** The verb judges each row of the body by itself, the characters in it included. */
  ownRows?: boolean;
  /** The handler reads the request's body itself: uploads and signatures. */
  rawBody?: boolean;
  /** Content types accepted besides JSON. */
  accepts?: readonly string[];
  response?: z.ZodType;
  status?: number;
  /** Further content types that the answer can have. */
  formats?: readonly string[];
  /** Error codes of its own that callers should know. */
  errors?: readonly string[];
} & Authorisation<A>;

export type RouteCall<A extends Access, P extends Schema, Q extends Schema, B extends Schema> = {
  ctx: A extends 'tenant' ? Ctx : A extends 'operator' ? OperatorCtx : PublicCtx;
  /** The key's own tenant, where an API key calls a route with `apiKeyToo`; look at it first. */
  keyCtx: Ctx | null;
  principal: A extends 'person' ? Extract<Principal, { kind: 'session' }> : Principal | null;
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  request: Request;
};

export type RouteContext = {
  params?: Promise<Record<string, string> | undefined> | Record<string, string>;
};

/** A web-standard handler that knows what it is. */
export type Route = ((request: Request, context: RouteContext) => Promise<Response>) & {
  spec: RouteSpec;
};

/** A route file as the gateway mounts it. */
export type MountedRoute = {
  path: string;
  module: Readonly<Record<string, unknown>>;
};

export type RouteHandler = (
  request: Request,
  context: { params: Record<string, string> },
) => Promise<Response> | Response;

export type Match = {
  handlers: ReadonlyMap<string, RouteHandler>;
  params: Record<string, string>;
};

type Target = { handlers: ReadonlyMap<string, RouteHandler>; names: string[] };
type Node = {
  fixed: Map<string, Node>;
  any: Node | null;
  target: Target | null;
  rest: Target | null;
};

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const newNode = (): Node => ({ fixed: new Map(), any: null, target: null, rest: null });

/**
 * A tree of path segments. A fixed segment wins over a parameter at the same place; a parameter
 * never matches an empty segment. Answers null for a path nobody serves, also for one whose
 * percent-encoding is broken.
 */
export function makeRouter(routes: readonly MountedRoute[]): (pathname: string) => Match | null {
  const root = newNode();
  for (const route of routes) mount(root, route);
  return (pathname) => {
    const values: string[] = [];
    const segments = pathname.slice(1).split('/');
    if (segments.at(-1) === '') segments.pop();
    const target = find(root, segments, 0, values);
    if (!target) return null;
    const params: Record<string, string> = {};
    try {
      for (const [i, name] of target.names.entries()) {
        params[name] = decodeURIComponent(values[i] ?? '');
      }
    } catch {
      return null;
    }
    return { handlers: target.handlers, params };
  };
}

function mount(root: Node, route: MountedRoute): void {
  const names: string[] = [];
  const target = { handlers: handlersOf(route.module), names };
  let node = root;
  for (const segment of route.path.slice(1).split('/')) {
    if (segment === '*') {
      node.rest = target;
      return;
    }
    if (segment.startsWith(':')) {
      names.push(segment.slice(1));
      node.any ??= newNode();
      node = node.any;
    } else {
      const next = node.fixed.get(segment) ?? newNode();
      node.fixed.set(segment, next);
      node = next;
    }
  }
  node.target = target;
}

function handlersOf(module: MountedRoute['module']): Map<string, RouteHandler> {
  const handlers = new Map<string, RouteHandler>();
  for (const method of METHODS) {
    const handler = module[method];
    if (typeof handler === 'function') handlers.set(method, handler as RouteHandler);
  }
  const get = handlers.get('GET');
  if (get && !handlers.has('HEAD')) handlers.set('HEAD', get);
  return handlers;
}

function find(node: Node, segments: string[], depth: number, values: string[]): Target | null {
  const segment = segments[depth];
  if (segment === undefined) return node.target ?? node.rest;
  const fixed = node.fixed.get(segment);
  const exact = fixed ? find(fixed, segments, depth + 1, values) : null;
  if (exact) return exact;
  if (node.any && segment !== '') {
    values.push(segment);
    const found = find(node.any, segments, depth + 1, values);
    if (found) return found;
    values.pop();
  }
  return node.rest;
}

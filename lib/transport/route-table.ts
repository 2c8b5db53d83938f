import { once } from '@/lib/infra/registry';
import type { RouteSpec } from './route-spec';

/** One method of one path, with what its handler says about itself. */
export type Operation = { path: string; method: string; spec: RouteSpec };

type Mounted = { path: string; module: Readonly<Record<string, unknown>> };

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const table = () => once('routes', () => ({ mounted: null as readonly Mounted[] | null }));

/**
 * Hands over the routes of the process. Whoever mounts them calls it (the gateway, or Next when it
 * starts), because no route may import all the others.
 */
export function provideRoutes(mounted: readonly Mounted[]): void {
  table().mounted = mounted;
}

export function hasRoutes(): boolean {
  return table().mounted !== null;
}

/** Every operation below `/api/v1`, in the order of paths. Throws before routes were provided. */
export function listOperations(): Operation[] {
  const { mounted } = table();
  if (!mounted) throw new Error('no routes were provided');
  return mounted
    .filter(({ path }) => path.startsWith('/api/v1/'))
    .flatMap(({ path, module }) =>
      METHODS.flatMap((method) => {
        const handler = module[method] as { spec?: RouteSpec } | undefined;
        return handler?.spec ? [{ path, method, spec: handler.spec }] : [];
      }),
    );
}

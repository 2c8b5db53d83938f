import type { Instrumentation } from 'next';

/** Runs once when Next starts: under stock `next start` there is no gateway to hand over the routes. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { hasRoutes, provideRoutes } = await import('@/lib/transport/route-table');
  if (hasRoutes()) return;
  const { routes } = await import('@/lib/runtime/routes.generated');
  provideRoutes(routes);
}

/** What pages and their routes throw goes to the log, under the reference that the reader is shown. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log } = await import('@/lib/infra/log');
  const { digest } = error as { digest?: string };
  const path = request.path.replace(/\?.*$/, '');
  const { routePath, routeType } = context;
  log().error({ err: error, digest, method: request.method, path, routePath, routeType }, 'page');
};

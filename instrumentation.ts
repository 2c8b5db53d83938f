/** Runs once when Next starts: under stock `next start` there is no gateway to hand over the routes. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { hasRoutes, provideRoutes } = await import('@/lib/transport/route-table');
  if (hasRoutes()) return;
  const { routes } = await import('@/lib/runtime/routes.generated');
  provideRoutes(routes);
}

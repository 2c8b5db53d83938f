import type { AddressInfo } from 'node:net';
import { closeDatabase } from '@/lib/infra/db';
import { env } from '@/lib/infra/env';
import { log } from '@/lib/infra/log';
import { hub } from '@/lib/infra/realtime';
import { heedAccessChanges } from '@/lib/transport/access-watch';
import { endStreams, finishCalls } from '@/lib/transport/finish-calls';
import { provideRoutes } from '@/lib/transport/route-table';
import { attachToSupervisor } from './attach-to-supervisor';
import { makeGateway } from './gateway-server';
import type { Pages } from './next-host';
import { makeRealtime } from './realtime';
import { routes } from './routes.generated';

/** How long answers under way may take once the process was asked to end, in ms. */
const GRACE_MS = 10_000;

/**
 * Serves the API, its streams and, given `startPages`, the pages on one port, until the supervisor
 * asks it to end: then sockets are closed, answers finished, counts written and pools ended.
 */
export async function serve(
  startPages: ((port: number) => Promise<Pages>) | null,
): Promise<AddressInfo> {
  const { host, port, rootDomain, mode } = env();
  provideRoutes(routes);
  heedAccessChanges();
  const pages = startPages ? await startPages(port) : null;
  const realtime = makeRealtime();
  const gateway = makeGateway({
    routes,
    rootDomain,
    behindProxy: mode === 'production',
    pages: pages && ((request, response) => pages.handle(request, response)),
    upgrade: (request, socket, head) => {
      if (realtime.upgrade(request, socket, head)) return true;
      if (!pages || request.url?.startsWith('/api/')) return false;
      pages.upgrade(request, socket, head);
      return true;
    },
  });
  const supervised = attachToSupervisor(async () => {
    realtime.close();
    endStreams();
    await gateway.close(GRACE_MS);
    await finishCalls();
    await hub().close();
    await pages?.close();
    await closeDatabase();
  });
  const { server } = gateway;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  log().info({ address: address.address, port: address.port }, 'listening');
  supervised.ready();
  return address;
}

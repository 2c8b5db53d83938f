import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';

export type Pages = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Hot reload of the development server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
};

/**
 * Next without a port of its own. It is given a server that never listens, because it adds an
 * `upgrade` listener to the one it is given and ends sockets that aren't its own.
 */
export async function startPages(options: {
  dir: string;
  dev: boolean;
  hostname: string;
  port: number;
}): Promise<Pages> {
  const dummy = createServer();
  const app = next({ ...options, httpServer: dummy, quiet: !options.dev });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => handle(request, response),
    upgrade(request, socket, head) {
      const ours = options.dev && (request.url ?? '').startsWith('/_next/');
      if (ours && dummy.emit('upgrade', request, socket, head)) return;
      socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    },
    close: () => app.close(),
  };
}

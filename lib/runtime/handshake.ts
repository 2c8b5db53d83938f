import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What of a handshake the API looks at; its target must be a path. */
export function handshakeRequest(
  request: IncomingMessage,
): Pick<Request, 'method' | 'url' | 'headers'> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return { method: 'GET', url: new URL(`http://host${request.url}`).href, headers };
}

/** Answers a handshake as if it had been a plain request, and closes. */
export async function answerHandshake(socket: Duplex, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  const headers = new Headers(answer.headers);
  headers.set('content-length', String(body.length));
  headers.set('connection', 'close');
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    ...[...headers].map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ];
  socket.end(Buffer.concat([Buffer.from(head.join('\r\n')), body]));
}

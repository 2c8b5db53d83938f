import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A webhook as it arrived: the bytes and the header that signs them. */
export type Delivery = { body: string; signature: string; id: string; type: string };

/**
 * Trouble between us and the provider: before a call reaches it, or after it was done. `writes`: reads are left
 * alone; `skip`: so many calls go well first; `answer`: what comes in place of the provider's, else the
 * connection ends.
 */
export type Trouble = {
  path: string;
  when: 'before' | 'after';
  times: number;
  writes?: boolean;
  skip?: number;
  answer?: { status: number; body: string };
  /** What happens in that moment. */
  meanwhile?: () => Promise<unknown>;
  /** False: the call goes well, but takes as long as what happens meanwhile. */
  breaks?: boolean;
};

/** Its address on loopback. */
export async function listen(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const readAll = async (stream: http.IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

/** A server whose failures end the connection, so that a test sees them. */
function answering(
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => Promise<void>,
): http.Server {
  return http.createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.destroy(error));
  });
}

/** Collects deliveries and acknowledges them, so that a test decides what arrives when. */
export function mailbox(kept: Delivery[]): http.Server {
  return answering(async (request, response) => {
    const body = (await readAll(request)).toString('utf8');
    const { id, type } = JSON.parse(body) as { id: string; type: string };
    kept.push({ body, signature: String(request.headers['stripe-signature']), id, type });
    response.writeHead(200).end();
  });
}

function breakOff(response: http.ServerResponse, { answer }: Trouble): void {
  if (answer) response.writeHead(answer.status).end(answer.body);
  else response.destroy();
}

/** Stands between the client and the sandbox, and breaks what a test asks it to break. */
export function proxy(target: () => string, troubles: Trouble[], calls: string[]): http.Server {
  const strikes = async (method: string, path: string, when: Trouble['when']) => {
    const trouble = troubles.find(
      (each) =>
        each.when === when &&
        each.times > 0 &&
        path.startsWith(each.path) &&
        !(each.writes && method === 'GET'),
    );
    if (!trouble) return null;
    if (trouble.skip) {
      trouble.skip -= 1;
      return null;
    }
    trouble.times -= 1;
    await trouble.meanwhile?.();
    return trouble.breaks === false ? null : trouble;
  };
  return answering(async (request, response) => {
    const path = request.url ?? '/';
    const method = request.method ?? 'GET';
    const body = await readAll(request);
    const before = await strikes(method, path, 'before');
    if (before) return breakOff(response, before);
    calls.push(`${method} ${path.split('?')[0]}`);
    const { host: _, ...headers } = request.headers;
    const answer = await fetch(`${target()}${path}`, {
      method,
      headers: headers as Record<string, string>,
      ...(body.byteLength > 0 ? { body: new Uint8Array(body) } : {}),
    });
    const text = await answer.text();
    const after = await strikes(method, path, 'after');
    if (after) return breakOff(response, after);
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
      'request-id': answer.headers.get('request-id') ?? '',
    });
    return void response.end(text);
  });
}

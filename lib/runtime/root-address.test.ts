import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, makeGateway } from './gateway-server';

let gateway: Gateway;
let port: number;

beforeAll(async () => {
  gateway = makeGateway({
    routes: [],
    rootDomain: 'localhost',
    behindProxy: false,
    pages: async (_, response) => void response.end('a page'),
    upgrade: () => false,
  });
  await new Promise<void>((resolve) => gateway.server.listen(0, '127.0.0.1', resolve));
  ({ port } = gateway.server.address() as AddressInfo);
});

afterAll(() => gateway.close(0));

async function ask(host: string, path: string, method = 'GET') {
  const request = http.request({ host: '127.0.0.1', port, path, method, headers: { host } }).end();
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.resume();
  return { status: response.statusCode, location: response.headers.location };
}

describe('the root host’s own pages', () => {
  it.each([
    ['acme.localhost:8080', '/pricing', 'http://localhost:8080/pricing'],
    ['acme.localhost:8080', '/docs/api?q=1', 'http://localhost:8080/docs/api?q=1'],
    ['acme.localhost', '/sign-up', 'http://localhost/sign-up'],
    ['127.0.0.1:8080', '/sign-in?next=%2Fx', 'http://localhost:8080/sign-in?next=%2Fx'],
    ['www.localhost:8080', '/workspaces', 'http://localhost:8080/workspaces'],
  ])('asked for at %s%s are at %s', async (host, path, location) => {
    expect(await ask(host, path)).toEqual({ status: 307, location });
  });

  it.each([
    ['localhost:8080', '/pricing'],
    ['localhost:8080', '/sign-in'],
    ['acme.localhost:8080', '/sign-in'],
    ['acme.localhost:8080', '/pricing-rules'],
    ['acme.localhost:8080', '//evil.example/pricing'],
    ['127.0.0.1:8080', '/pricing'],
  ])('%s%s goes to the pages', async (host, path) => {
    expect(await ask(host, path)).toEqual({ status: 200, location: undefined });
  });

  it('sends no form from one host to another', async () => {
    expect(await ask('127.0.0.1:8080', '/sign-in', 'POST')).toMatchObject({ status: 200 });
  });
});

import { execFile } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(answer: http.RequestListener): Promise<string> {
  const server = http.createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the demo says when it ends, against a product and a sandbox. */
async function lastWords(
  product: string,
  sandbox: string,
): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DEMO_URL: product, SANDBOX_URL: sandbox };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/demo.mjs'], { env });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, said: stderr };
  }
}

/** Both know the coupon already, and nothing else. */
const there: http.RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
};

it('without a sandbox says how to get one', async () => {
  const nowhere = await serve(there);
  servers.splice(0).forEach((server) => server.close());
  const { code, said } = await lastWords(nowhere, nowhere);
  expect(code).toBe(1);
  expect(said).toMatch(/^There is no payment sandbox at .* Run `npm start` first; .*\n$/);
});

it('when the product goes away says so, and how to go on, in one line', async () => {
  const sandbox = await serve(there);
  const product = await serve((request) => request.destroy());
  const { code, said } = await lastWords(product, sandbox);
  expect(code).toBe(1);
  expect(said.replace(/\(\w+\)/, '(code)')).toBe(
    `${product} doesn't answer (code). Run \`npm run demo\` again when it answers: it goes on where it was.\n`,
  );
});

it('when the product is restarted says what it was told', async () => {
  const sandbox = await serve(there);
  const product = await serve((_, response) => {
    response
      .writeHead(503, { 'content-type': 'application/problem+json' })
      .end('{"detail":"The server is starting."}');
  });
  const { code, said } = await lastWords(product, sandbox);
  expect(code).toBe(1);
  expect(said).toMatch(/^POST \/auth\/login: 503 The server is starting\. Run `npm run demo`/);
});

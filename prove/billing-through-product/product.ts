import http from 'node:http';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { secondsOf } from '@/lib/kernel/unix-time';
import {
  type GatewayProcess,
  type ProductProcess,
  startGateway,
  startProcess,
} from '@/lib/testing/gateway-process';
import { listen } from '@/lib/testing/troubled-provider';
import { type Sandbox, startSandbox } from '@/sandbox/index';
import { signPayload } from '@/sandbox/webhooks/sign';

/** The product's processes, the payment sandbox, and its webhooks between them. */
export interface Product {
  gateway: GatewayProcess;
  sandbox: Sandbox;
  admin: pg.Pool;
  /** Every webhook that came, as it came. */
  told: string[];
  /** Tells one again, with an id of its own, as if it hadn't come before. */
  tellAnew: (body: string) => Promise<number>;
  stop: () => Promise<void>;
}

const SECRET = () => process.env.STRIPE_WEBHOOK_SECRET ?? '';

/** Serves the very function of `app/api/webhooks/stripe/route.ts`, which the lean gateway leaves to the pages' server. */
async function startHooks(told: string[]) {
  const { POST } = await import('@/app/api/webhooks/stripe/route');
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      if (request.headers['x-again'] === undefined) told.push(body.toString('utf8'));
      const headers = { 'stripe-signature': String(request.headers['stripe-signature']) };
      POST(new Request('http://127.0.0.1/', { method: 'POST', headers, body }))
        .then(async (answer) => response.writeHead(answer.status).end(await answer.text()))
        .catch((error: Error) => response.destroy(error));
    });
  });
  return { server, url: `${await listen(server)}/api/webhooks/stripe` };
}

/** Starts everything on a database that this process's settings name. */
export async function startProduct(databaseUrl: string): Promise<Product> {
  const told: string[] = [];
  const hooks = await startHooks(told);
  const webhook = { webhookUrl: hooks.url, webhookSecret: SECRET() };
  const sandbox = await startSandbox({ port: 0, smtpPort: 0, ...webhook });
  const env = { STRIPE_API_BASE: sandbox.url, SMTP_URL: sandbox.smtpUrl, SIGNUP_LIMIT: '100000' };
  process.env.STRIPE_API_BASE = sandbox.url;
  const [gateway, worker]: [GatewayProcess, ProductProcess] = await Promise.all([
    startGateway(databaseUrl, { env }),
    startProcess('worker', databaseUrl, env),
  ]);
  const admin = new pg.Pool({ connectionString: databaseUrl, max: 3 });
  return {
    gateway,
    sandbox,
    admin,
    told,
    tellAnew: (body) => tellAnew(hooks.url, body),
    stop: async () => {
      await Promise.all([gateway.stop(), worker.stop()]);
      await sandbox.close();
      hooks.server.closeAllConnections();
      hooks.server.close();
      await admin.end();
      const { closeDatabase } = await import('@/lib/infra/db');
      await closeDatabase();
    },
  };
}

async function tellAnew(url: string, told: string): Promise<number> {
  const body = JSON.stringify({ ...(JSON.parse(told) as object), id: `evt_${randomUUID()}` });
  const signature = signPayload(body, SECRET(), secondsOf(new Date()));
  const headers = { 'stripe-signature': signature, 'x-again': '1' };
  const answer = await fetch(url, { method: 'POST', headers, body });
  await answer.text();
  return answer.status;
}

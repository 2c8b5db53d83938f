import http from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { createSubscription, refreshCheckout } from '@/lib/domains/billing';
import { createSubscriptionInput } from '@/lib/domains/billing/schemas';
import { grantTrial } from '@/lib/domains/entitlements';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import type { Role } from '@/lib/kernel/access';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { type Sandbox, startSandbox } from '@/sandbox/index';
import { GOOD_CARD, post } from '@/sandbox/testing';
import type { TestDatabase } from './test-database';

const DAY = 86_400_000;

/** A webhook as it arrived: the bytes and the header that signs them. */
export type Delivery = { body: string; signature: string; id: string; type: string };

/**
 * Trouble between us and the provider: before a call reaches it, or after it was done. `writes`: reads are left
 * alone; `skip`: so many calls go well first; `answer`: what comes in place of the provider's, else the
 * connection ends.
 */
type Trouble = {
  path: string;
  when: 'before' | 'after';
  times: number;
  writes?: boolean;
  skip?: number;
  answer?: { status: number; body: string };
  /** What happens in that moment. */
  meanwhile?: () => Promise<void>;
};

export type World = {
  admin: pg.Client;
  /** The one that answers; another may take its place. */
  sandbox: Sandbox;
  /** Where a sandbox tells the mailbox of its events. */
  webhookUrl: string;
  /** Everything the provider has told since the last call, in its order. */
  deliveries: () => Promise<Delivery[]>;
  trouble: (trouble: Trouble) => Trouble;
  /** Calls that reached the provider, as `POST /v1/customers`. */
  calls: string[];
};

type RunningWorld = World & { stop: () => Promise<void> };

export type NewTenant = { ctx: Ctx; slug: string; userId: string; as: (role: Role) => Ctx };

async function listen(server: http.Server): Promise<string> {
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
function mailbox(kept: Delivery[]): http.Server {
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
function proxy(target: () => string, troubles: Trouble[], calls: string[]): http.Server {
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
    return trouble;
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

/** The payment sandbox, a mailbox for its webhooks and a connection to the database at `adminUrl`. */
export async function startBillingWorld(adminUrl: string): Promise<RunningWorld> {
  const world = {} as RunningWorld;
  await begin(world, adminUrl);
  return world;
}

/** Fills in a world that tests already hold. */
async function begin(world: RunningWorld, adminUrl: string): Promise<void> {
  const kept: Delivery[] = [];
  const troubles: Trouble[] = [];
  world.calls = [];
  const hook = mailbox(kept);
  const between = proxy(() => world.sandbox.url, troubles, world.calls);
  world.trouble = (trouble) => {
    troubles.push(trouble);
    return trouble;
  };
  world.deliveries = async () => {
    await world.sandbox.deliverPending();
    return kept.splice(0);
  };
  world.webhookUrl = await listen(hook);
  process.env.STRIPE_API_BASE = await listen(between);
  const webhookSecret = process.env.STRIPE_WEBHOOK_SECRET ?? '';
  const { webhookUrl } = world;
  world.sandbox = await startSandbox({ port: 0, smtpPort: 0, webhookUrl, webhookSecret });
  world.admin = new pg.Client({ connectionString: adminUrl });
  await world.admin.connect();
  world.stop = async () => {
    await world.sandbox.close();
    between.closeAllConnections();
    hook.closeAllConnections();
    between.close();
    hook.close();
    await world.admin.end();
    await closeDatabase();
  };
}

/** The world of one test file. Call it once at the top level, after `useTestDatabase()`. */
export function useBillingWorld(database: TestDatabase): World {
  const world = {} as RunningWorld;
  beforeAll(() => begin(world, database.adminUrl));
  afterAll(() => world.stop());
  return world;
}

/** A tenant as sign-up makes it: on trial, with an owner. `ageDays` puts the sign-up into the past. */
export async function createTenant(
  world: World,
  { ageDays = 0 }: { ageDays?: number } = {},
): Promise<NewTenant> {
  const tenantId = newId();
  const userId = newId();
  const slug = `t-${tenantId.slice(-12)}`;
  const born = new Date(Date.now() - ageDays * DAY);
  const as = (role: Role): Ctx => ({
    tenantId,
    actor: {
      kind: 'member',
      userId,
      role,
      sessionId: newId(),
      via: 'cookie',
      emailVerified: true,
    },
    requestId: 'req_test_billing',
    clock: systemClock,
    ip: '127.0.0.1',
    userAgent: null,
  });
  const ctx = as('owner');
  await world.admin.query(
    `INSERT INTO tenant (id, slug, skeleton, name, type, status, trial_ends_at, created_at, updated_at)
     VALUES ($1, $2, $2, 'Acme', 'small_business', 'trial', $3, $4, $4)`,
    [tenantId, slug, new Date(born.getTime() + 14 * DAY), born],
  );
  await world.admin.query(
    `INSERT INTO "user" (id, email, created_at, updated_at) VALUES ($1, $2, now(), now())`,
    [userId, `${slug}@example.com`],
  );
  await world.admin.query(
    `INSERT INTO membership (tenant_id, id, user_id, role, created_at) VALUES ($1, $2, $3, 'owner', now())`,
    [tenantId, newId(), userId],
  );
  const past = { ...ctx, clock: { now: () => born } };
  await withTenant(past, (tx) => grantTrial(tx, past));
  return { ctx, slug, userId, as };
}

/** Fills in the hosted page as a browser does; the status tells what came of it (303: done). */
export async function pay(
  checkoutUrl: string | null,
  cardNumber = '4242 4242 4242 4242',
): Promise<number> {
  const answer = await post(checkoutUrl ?? '', { ...GOOD_CARD, cardNumber });
  await answer.text();
  return answer.status;
}

/** Moves the provider's time to so many days from now; what falls due on the way is done. */
export async function providerTime(world: World, days: number): Promise<void> {
  const answer = await fetch(`${world.sandbox.url}/_sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offset_seconds: days * 86_400 }),
  });
  if (answer.status !== 200) throw new Error(`the clock answered ${answer.status}`);
}

/** Sells a plan by the month, paid from today by a good card, and gives the subscription as it was made. */
export async function subscribe(
  ctx: Ctx,
  of: { plan?: 'professional' | 'enterprise'; coupon?: string | undefined; card?: string } = {},
) {
  const { plan = 'professional', coupon, card } = of;
  const wish = { plan_id: plan, billing_cycle: 'monthly', trial_days: 0, coupon };
  const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
  await pay(made.checkout_url, card);
  await refreshCheckout(ctx);
  return made;
}

/** Actions in a tenant's audit log, oldest first. */
export async function auditActions(world: World, ctx: Ctx): Promise<string[]> {
  const { rows } = await world.admin.query<{ action: string }>(
    'SELECT action FROM audit_event WHERE tenant_id = $1 ORDER BY at, id',
    [ctx.tenantId],
  );
  return rows.map((row) => row.action);
}

import { inspect } from 'node:util';
import type { ReactNode } from 'react';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { confirmSecondFactor, startSecondFactor } from '@/lib/domains/operator';
import { drainTallies } from '@/lib/infra/tally';
import { systemClock } from '@/lib/kernel/clock';
import { consoleFolder, type Fields } from '@/lib/testing/isolation/console-case';
import { consoleCases, ownActs } from '@/lib/testing/isolation/console-cases';
import { CANARY, TwoTenants } from '@/lib/testing/isolation/two-tenants';
import {
  makeOperator,
  OPERATOR_PASSWORD,
  platformAudit,
  signedInOperator,
} from '@/lib/testing/operator-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import type { Action } from '@/lib/transport/define-action';

/**
 * Every page and action of the console by itself, without middleware, layout or gateway around it: each
 * finds out for itself who is asking, and at which host.
 */
const browser = vi.hoisted(() => ({ headers: new Headers(), set: [] as string[] }));
vi.mock('next/headers', () => ({
  headers: async () => browser.headers,
  cookies: async () => ({
    get: (name: string) => {
      const [, value] =
        new RegExp(`^${name}=(.+)$`).exec(browser.headers.get('cookie') ?? '') ?? [];
      return value === undefined ? undefined : { value };
    },
    set: (name: string, value: string) => browser.set.push(`${name}=${value}`),
  }),
}));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));
class Left extends Error {}
vi.mock('next/navigation', async (original) => ({
  ...(await original<Record<string, unknown>>()),
  redirect: (target: string) => {
    throw new Left(`redirect ${target}`);
  },
  notFound: () => {
    throw new Left('not found');
  },
}));
vi.mock('react', async (original) => ({
  ...(await original<Record<string, unknown>>()),
  cache: <T>(work: T) => work,
}));

type Place = { default: (props: Record<string, unknown>) => Promise<ReactNode> };
const pages = import.meta.glob<Place>('/app/admin/**/{page,layout}.tsx');
const modules = import.meta.glob<Record<string, Action<unknown>>>('/app/admin/**/actions.ts');
const database = useTestDatabase();
const world = new TwoTenants(database.adminUrl);
const actions = new Map<string, Action<unknown>>();
const tokens = { admin: '', finance: '', support: '', waiting: '' };
let addresses = 0;

const info = () => ({
  requestId: 'req_operator',
  clock: systemClock,
  ip: `10.62.0.${++addresses}`,
  userAgent: null,
});

beforeAll(async () => {
  for (const [file, load] of Object.entries(modules)) {
    for (const [name, action] of Object.entries(await load()))
      actions.set(`${file} ${name}`, action);
  }
  await world.build();
  await world.admin.query(
    `INSERT INTO webhook_inbox (provider, event_id, type, body, received_at, processed_at, outcome)
     VALUES ('stripe', 'evt_1', 'invoice.paid', '{}', now(), now(), 'ignored')`,
  );
  await world.admin.query(
    `INSERT INTO tenant_clock (tenant_id, gateway, clock_id, at, created_at, moved_at)
     SELECT id, 'stripe', 'clock_1', now(), now(), now() FROM tenant WHERE slug = $1`,
    [world.victim.slug],
  );
  for (const role of ['admin', 'finance', 'support'] as const) {
    await makeOperator(world.admin, role, `${role}@operators.example`);
    tokens[role] = (await signedInOperator(info(), `${role}@operators.example`)).token;
  }
  await makeOperator(world.admin, 'admin', 'waiting@operators.example');
  const { ctx } = await signedInOperator(info(), 'waiting@operators.example');
  const { secret } = await startSecondFactor(ctx);
  await confirmSecondFactor(ctx, generateSync({ secret }));
  tokens.waiting = (await signedInOperator(info(), 'waiting@operators.example')).token;
}, 120_000);
afterAll(() => world.close());

const ADMIN_HOST = 'admin.localhost:8080';
type Caller = { cookie: string | null; host?: string; origin?: string | null };

function setBrowser({ cookie, host = ADMIN_HOST, origin = `http://${host}` }: Caller): void {
  addresses += 1;
  const address = `10.63.${addresses >> 8}.${addresses & 255}`;
  browser.headers = new Headers({ host, 'x-forwarded-for': address });
  if (origin !== null) browser.headers.set('origin', origin);
  if (cookie !== null) browser.headers.set('cookie', cookie);
  browser.set = [];
}

const operator = (token: string) => `nz_operator=${token}`;

function idFor(file: string): string {
  if (file.includes('/plans/')) return 'professional';
  if (file.includes('/quotes/')) return world.owned.quote;
  return file.includes('/invoices/') ? world.owned.invoice : world.victim.id;
}

async function visit(file: string): Promise<string> {
  const place = await pages[file]?.();
  const props = {
    params: Promise.resolve({
      id: idFor(file),
      provider: 'stripe',
      event: 'evt_1',
      move: world.owned.planMove,
    }),
    searchParams: Promise.resolve({}),
    children: null,
  };
  try {
    const shown = await place?.default(props);
    return inspect(shown, { depth: 30 }).includes(CANARY) ? 'shown with the canary' : 'shown';
  } catch (error) {
    if (error instanceof Left) return error.message.replace(/\?.*/, '');
    throw error;
  }
}

const inConsole = () => Object.keys(pages).filter((file) => file.includes('/(console)/'));

async function visitAll(caller: Caller): Promise<Set<string>> {
  setBrowser(caller);
  const seen = new Set<string>();
  for (const file of inConsole()) seen.add(await visit(file));
  return seen;
}

describe('every page of the console', () => {
  it('is there to be tried', () => expect(inConsole().length).toBeGreaterThan(8));

  it.each([
    ['nobody', () => ({ cookie: null })],
    ['a person', () => ({ cookie: `nz_session=${world.attackerCookie}` })],
    ['a person under the operators’ name', () => ({ cookie: operator(world.attackerCookie) })],
  ] as [string, () => Caller][])('leads %s to sign-in', async (_, caller) => {
    expect(await visitAll(caller())).toEqual(new Set(['redirect /admin/sign-in']));
  });

  it('leads a session that waits for its code there', async () => {
    const seen = await visitAll({ cookie: operator(tokens.waiting) });
    expect(seen).toEqual(new Set(['redirect /admin/verify']));
  });

  it.each(['localhost:8080', 'canary7q.localhost:8080', 'evil.example'])(
    'is nowhere at %s, the pages before it neither',
    async (host) => {
      setBrowser({ cookie: operator(tokens.admin), host });
      const seen = new Set<string>();
      for (const file of Object.keys(pages)) {
        if (/\((?:console)\)|admin\/layout/.test(file)) seen.add(await visit(file));
      }
      expect(seen).toEqual(new Set(['not found']));
    },
  );

  it('is shown to an operator who only looks', async () => {
    const seen = await visitAll({ cookie: operator(tokens.support) });
    expect(seen).toContain('shown with the canary');
    // The page for every other address.
    expect(seen).toEqual(new Set(['shown', 'shown with the canary', 'not found']));
  });
});

const cases = consoleCases(world);

async function send(name: string, fields: Fields) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  const outcome = await actions.get(name)?.(null, form);
  if (!outcome) throw new Error(`no action ${name}`);
  return outcome;
}

async function statuses(caller: Caller): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  for (const [name, one] of Object.entries(cases)) {
    if (!one) continue;
    setBrowser(caller);
    const outcome = await send(name, await one.fields());
    seen[name] = outcome.ok ? 200 : outcome.problem.status;
  }
  return seen;
}

const refusing = Object.keys(cases).filter((name) => cases[name]);
const all = (status: number) => Object.fromEntries(refusing.map((name) => [name, status]));

describe('every action of the console', () => {
  it('is tried here', () => {
    expect([...actions.keys()].sort()).toEqual(Object.keys(cases).sort());
  });

  it.each([
    ['nobody', 401, () => ({ cookie: null })],
    ['a person', 401, () => ({ cookie: `nz_session=${world.attackerCookie}` })],
    ['a session that waits for its code', 401, () => ({ cookie: operator(tokens.waiting) })],
    [
      'an operator at the root host',
      404,
      () => ({ cookie: operator(tokens.admin), host: 'localhost:8080' }),
    ],
    [
      'an operator at a tenant’s host',
      404,
      () => ({ cookie: operator(tokens.admin), host: 'canary7q.localhost:8080' }),
    ],
    [
      'a page of another site',
      403,
      () => ({ cookie: operator(tokens.admin), origin: 'https://evil.example' }),
    ],
    [
      'a page of a tenant’s host',
      403,
      () => ({ cookie: operator(tokens.admin), origin: 'http://canary7q.localhost:8080' }),
    ],
    ['a request without Origin', 403, () => ({ cookie: operator(tokens.admin), origin: null })],
    ['an operator who only looks', 403, () => ({ cookie: operator(tokens.support) })],
  ] as [string, number, () => Caller][])('refuses %s', async (_, status, caller) => {
    await drainTallies();
    const before = await world.digest();
    expect(await statuses(caller())).toEqual(all(status));
    expect(await world.digest()).toEqual(before);
  });

  it.each(['admin', 'finance'] as const)('does for %s what the role includes', async (role) => {
    const wanted = Object.fromEntries(
      refusing.map((name) => {
        const may = cases[name]?.roles.includes(role);
        return [name, may ? (cases[name]?.told ?? 200) : 403];
      }),
    );
    expect(await statuses({ cookie: operator(tokens[role]) })).toEqual(wanted);
  });

  it('tells a wrong confirmation beside its field, and changes nothing', async () => {
    setBrowser({ cookie: operator(tokens.admin) });
    const suspend = `${consoleFolder}/tenants/actions.ts suspendTenantAction`;
    const outcome = await send(suspend, {
      id: world.victim.id,
      slug: world.attacker.slug,
      reason: 'A good reason',
    });
    expect(outcome).toMatchObject({
      ok: false,
      problem: { status: 422, errors: [{ path: 'slug' }] },
    });
    const acts = await platformAudit(world.admin);
    expect(acts.filter((act) => act === 'tenant.suspended')).toHaveLength(1);
  });
});

describe('an operator’s own account', () => {
  const fields: Fields = {
    current_password: 'not the password',
    password: 'one that is long enough 1',
    code: '000000',
    id: 'ses_nothing',
  };
  const tried = async (caller: Caller) => {
    const seen = new Set<number>();
    for (const name of ownActs) {
      setBrowser(caller);
      const outcome = await send(
        `${consoleFolder}/security/actions.ts ${name}`,
        name === 'endOtherSessionsAction' ? {} : fields,
      );
      seen.add(outcome.ok ? 200 : outcome.problem.status);
    }
    return [...seen];
  };

  it.each([
    ['nobody', 401, () => ({ cookie: null })],
    ['a session that waits for its code', 401, () => ({ cookie: operator(tokens.waiting) })],
    [
      'an operator at the root host',
      404,
      () => ({ cookie: operator(tokens.support), host: 'localhost:8080' }),
    ],
    [
      'a page of another site',
      403,
      () => ({ cookie: operator(tokens.support), origin: 'https://evil.example' }),
    ],
  ] as [string, number, () => Caller][])('is nothing for %s', async (_, status, caller) => {
    expect(await tried(caller())).toEqual([status]);
  });
});

describe('joining at the admin host', () => {
  it('is nowhere else, and needs a link of ours', async () => {
    const join = '/app/admin/(entry)/join/actions.ts joinAction';
    const given = { token: 'made up', password: 'one that is long enough 1' };
    setBrowser({ cookie: null, host: 'localhost:8080' });
    expect(await send(join, given)).toMatchObject({ ok: false, problem: { status: 404 } });
    setBrowser({ cookie: null });
    expect(await send(join, given)).toMatchObject({
      ok: false,
      problem: { status: 404, code: 'invitation_unknown' },
    });
    expect(browser.set).toEqual([]);
  });
});

describe('signing in at the admin host', () => {
  const signIn = '/app/admin/(entry)/sign-in/actions.ts signInAction';
  const credentials = { email: 'support@operators.example', password: OPERATOR_PASSWORD };

  it('sets the operators’ cookie and leads on within the console alone', async () => {
    setBrowser({ cookie: null });
    const outcome = await send(signIn, { ...credentials, next: '/admin/webhooks?state=failing' });
    expect(outcome).toMatchObject({ ok: true, href: '/admin/webhooks?state=failing' });
    expect(browser.set).toEqual([expect.stringMatching(/^nz_operator=[\w-]{43}$/)]);
    setBrowser({ cookie: null });
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/tenant/acme',
      '/administration',
    ]) {
      expect(await send(signIn, { ...credentials, next })).toMatchObject({ href: '/admin' });
    }
  });

  it('leads to the code where an app is set up', async () => {
    setBrowser({ cookie: null });
    const outcome = await send(signIn, { ...credentials, email: 'waiting@operators.example' });
    expect(outcome).toMatchObject({ ok: true, href: '/admin/verify' });
  });

  it('is nowhere else', async () => {
    setBrowser({ cookie: null, host: 'localhost:8080' });
    expect(await send(signIn, credentials)).toMatchObject({ ok: false, problem: { status: 404 } });
    expect(browser.set).toEqual([]);
  });
});

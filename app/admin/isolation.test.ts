import { inspect } from 'node:util';
import type { ReactNode } from 'react';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { confirmSecondFactor, startSecondFactor } from '@/lib/domains/operator';
import { billingCycles, limitNames } from '@/lib/domains/entitlements/schemas';
import { drainTallies } from '@/lib/infra/tally';
import { systemClock } from '@/lib/kernel/clock';
import { newId, parsePublicId, publicId } from '@/lib/kernel/ids';
import { waitingRefund } from '@/lib/testing/isolation/give-back';
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
  if (file.includes('/plans/')) return 'starter';
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

type Fields = Record<string, string>;
/** The editor's form of Institutional, which is sold by quote: no payment provider is asked when it is published. */
const planFields = (revision: number, trialDays: string): Fields => ({
  id: 'institutional',
  revision: String(revision),
  name: 'Institutional',
  trial_days: trialDays,
  ...Object.fromEntries(billingCycles.map((cycle) => [`prices.${cycle}`, ''])),
  ...Object.fromEntries(limitNames.map((limit) => [`limits.${limit}`, ''])),
  'overage.api_calls': '',
});
/** A refund that waits: the last one, or another where that was decided. */
async function refundToDecide(): Promise<string> {
  const { rows } = await world.admin.query<{ id: string }>(
    `SELECT id FROM refund WHERE status = 'requested'`,
  );
  if (rows[0]) return publicId('refund', rows[0].id);
  const invoice = parsePublicId('invoice', world.owned.invoice) ?? '';
  return waitingRefund(world.admin, world.victim.uuid, invoice, 'Charged by mistake');
}
/** The editor's form of a quote: a year for 120.00, limits left open. */
const quoteFields = (): Fields => ({
  id: world.owned.quote,
  draft_revision: '0',
  price: '120',
  currency: 'usd',
  billing_cycle: 'annual',
  net_days: '30',
  valid_until: '2199-12-31',
  ...Object.fromEntries(limitNames.map((limit) => [`limits.${limit}`, ''])),
});
const consoleFolder = '/app/admin/(console)';
type Case = {
  fields: () => Fields | Promise<Fields>;
  roles: string[];
  /** What those are told: 409 where the subscription, which no provider has, stands in the way. */
  told?: number;
};
/** Fields as a form would send them, and the roles that may. Null: for whoever signs in, at that stage. */
const cases: Record<string, Case | null> = {
  '/app/admin/(entry)/sign-in/actions.ts signInAction': null,
  '/app/admin/(entry)/verify/actions.ts proveCodeAction': null,
  '/app/admin/actions.ts confirmSecondFactorAction': null,
  '/app/admin/actions.ts startSecondFactorAction': null,
  [`${consoleFolder}/drift/actions.ts healDriftAction`]: {
    fields: async () => {
      // What the role before accepted differs again.
      await world.admin.query('UPDATE billing_drift SET accepted_at = NULL');
      return { id: world.owned.drift, cure: 'take_theirs' };
    },
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/plans/actions.ts saveDraftAction`]: {
    fields: async () => {
      await world.admin.query('DELETE FROM plan_draft');
      return planFields(0, '199');
    },
    roles: ['admin'],
  },
  [`${consoleFolder}/plans/actions.ts repriceAction`]: {
    fields: () => ({ id: 'institutional', months: '6' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/plans/actions.ts publishDraftAction`]: {
    fields: () => ({ id: 'institutional', revision: '1' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/plans/actions.ts archivePlanAction`]: {
    fields: () => ({ id: 'enterprise', version: '1' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/plans/actions.ts discardDraftAction`]: {
    fields: async () => {
      await world.admin.query(
        `INSERT INTO plan_draft (plan_id, revision, content, updated_at) VALUES ('enterprise', 1, '{}', now())
         ON CONFLICT DO NOTHING`,
      );
      return { id: 'enterprise', revision: '1' };
    },
    roles: ['admin'],
  },
  [`${consoleFolder}/quotes/actions.ts createQuoteAction`]: {
    fields: () => ({ tenant_id: world.attacker.id }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/quotes/actions.ts saveQuoteDraftAction`]: {
    fields: async () => {
      await world.admin.query('UPDATE quote SET draft = NULL, draft_revision = 0');
      return quoteFields();
    },
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/quotes/actions.ts sendQuoteAction`]: {
    fields: () => ({ id: world.owned.quote, draft_revision: '1' }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/quotes/actions.ts withdrawQuoteAction`]: {
    fields: () => ({ id: world.owned.quote, reason: 'A good reason' }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/refunds/actions.ts requestRefundAction`]: {
    fields: () => ({
      request_key: newId(),
      invoice_id: world.owned.invoice,
      currency: 'usd',
      share: 'part',
      amount: '1.00',
      reason: 'Charged by mistake',
    }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/refunds/actions.ts approveRefundAction`]: {
    fields: async () => ({ id: await refundToDecide() }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/refunds/actions.ts refuseRefundAction`]: {
    fields: async () => ({ id: await refundToDecide(), reason: 'Not owed to them' }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/tenants/actions.ts suspendTenantAction`]: {
    fields: () => ({ id: world.victim.id, slug: world.victim.slug, reason: 'A good reason' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/tenants/actions.ts liftSuspensionAction`]: {
    fields: () => ({ id: world.victim.id, slug: world.victim.slug, reason: 'A good reason' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/tenants/actions.ts moveClockAction`]: {
    fields: () => ({
      id: world.victim.id,
      to: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    }),
    roles: ['admin'],
  },
  [`${consoleFolder}/tenants/actions.ts giveDiscountAction`]: {
    fields: () => ({
      id: world.victim.id,
      kind: 'percent',
      value: '20',
      duration: 'once',
      reason: 'A good reason',
    }),
    roles: ['admin', 'finance'],
    told: 409,
  },
  [`${consoleFolder}/tenants/actions.ts removeDiscountAction`]: {
    fields: () => ({ id: world.victim.id, reason: 'A good reason' }),
    roles: ['admin', 'finance'],
    told: 409,
  },
  [`${consoleFolder}/webhooks/actions.ts replayWebhookAction`]: {
    fields: () => ({ provider: 'stripe', event_id: 'evt_1' }),
    roles: ['admin', 'finance'],
  },
};

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

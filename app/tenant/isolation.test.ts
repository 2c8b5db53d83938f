import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { actionCases } from '@/lib/testing/isolation/action-cases';
import { CANARY, TwoTenants } from '@/lib/testing/isolation/two-tenants';
import { useTestDatabase } from '@/lib/testing/test-database';
import type { Action } from '@/lib/transport/define-action';

/** The request that Next would hand to an action: its headers, and what is written to its cookies. */
const browser = vi.hoisted(() => ({ headers: new Headers(), cookie: null as string | null }));
vi.mock('next/headers', () => ({
  headers: async () => browser.headers,
  cookies: async () => ({
    get: () => (browser.cookie ? { value: browser.cookie } : undefined),
    set: () => undefined,
    delete: () => undefined,
  }),
}));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

const modules = import.meta.glob<Record<string, Action<unknown>>>('/app/**/actions.ts');
const database = useTestDatabase();
const world = new TwoTenants(database.adminUrl);
const actions = new Map<string, Action<unknown>>();

beforeAll(async () => {
  for (const [file, load] of Object.entries(modules)) {
    const folder = file.replace(/^\/app\//, '').replace(/\/actions\.ts$/, '');
    // Operators' have strangers of their own: app/admin/isolation.test.ts.
    if (/^admin(?:\/|$)/.test(folder)) continue;
    for (const [name, action] of Object.entries(await load())) {
      actions.set(`${folder} ${name}`, action);
    }
  }
  await world.build();
}, 120_000);
afterAll(() => world.close());

type Caller = { cookie: string | null; tenant: string; host: string; origin: string | null };

function setBrowser({ cookie, host, origin }: Caller): void {
  browser.cookie = cookie;
  browser.headers = new Headers({ host, 'x-forwarded-for': '10.4.4.4' });
  if (origin !== null) browser.headers.set('origin', origin);
  const slug = /^([^.]+)\.localhost/.exec(host)?.[1];
  if (slug) browser.headers.set('x-nz-tenant-slug', slug);
}

/** Sends every form that names something of the victim's; returns what wasn't refused, or leaked. */
async function sendAll(caller: Caller, refusals: number[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const [name, action] of actions) {
    const fields = actionCases[name]?.(world);
    if (!fields) continue;
    setBrowser(caller);
    const form = new FormData();
    form.set('__tenant', caller.tenant);
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    const outcome = await action(null, form);
    const text = JSON.stringify(outcome);
    if (text.includes(CANARY) && !JSON.stringify(fields).includes(CANARY)) {
      wrong.push(`${name} shows the canary: ${text}`);
    }
    const status = outcome.ok ? 200 : outcome.problem.status;
    if (!refusals.includes(status)) wrong.push(`${name} → ${status}: ${text}`);
  }
  return wrong;
}

const ROOT = { host: 'localhost:8080', origin: 'http://localhost:8080' };

it('knows what to try at every server action', () => {
  const names = [...actions.keys()].sort();
  expect(names.filter((name) => !(name in actionCases))).toEqual([]);
  expect(Object.keys(actionCases).filter((name) => !names.includes(name))).toEqual([]);
});

describe('every server action refuses', () => {
  const strangers: [string, number[], () => Caller][] = [
    ['nobody', [401], () => ({ ...ROOT, cookie: null, tenant: world.victim.slug })],
    [
      'another tenant’s person who names the victim',
      [404],
      () => ({ ...ROOT, cookie: world.attackerCookie, tenant: world.victim.slug }),
    ],
    [
      'another tenant’s person on the victim’s host',
      [404],
      () => ({
        cookie: world.attackerCookie,
        tenant: world.victim.slug,
        host: `${world.victim.slug}.localhost:8080`,
        origin: `http://${world.victim.slug}.localhost:8080`,
      }),
    ],
    [
      'a viewer of the tenant',
      [403, 404],
      () => ({ ...ROOT, cookie: world.viewerCookie, tenant: world.victim.slug }),
    ],
    [
      'a page of another site',
      [403],
      () => ({
        host: ROOT.host,
        origin: 'https://evil.example',
        cookie: world.attackerCookie,
        tenant: world.attacker.slug,
      }),
    ],
    [
      'a request without Origin',
      [403],
      () => ({
        host: ROOT.host,
        origin: null,
        cookie: world.attackerCookie,
        tenant: world.attacker.slug,
      }),
    ],
    [
      'an opaque origin',
      [403],
      () => ({
        host: ROOT.host,
        origin: 'null',
        cookie: world.attackerCookie,
        tenant: world.attacker.slug,
      }),
    ],
  ];
  it.each(strangers)('%s', async (_, refusals, caller) => {
    const before = await world.digest();
    expect(await sendAll(caller(), refusals)).toEqual([]);
    expect(await world.digest()).toEqual(before);
  });
});

it('lets another tenant’s person reach nothing of the victim’s by id from their own tenant', async () => {
  const before = await world.digest();
  const caller = { ...ROOT, cookie: world.attackerCookie, tenant: world.attacker.slug };
  const wrong = await sendAll(caller, [200, 402, 403, 404, 409, 415, 422, 503]);
  expect(wrong).toEqual([]);
  expect(await world.digest()).toEqual(before);
});

import { inspect } from 'node:util';
import type { ReactNode } from 'react';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CANARY, TwoTenants } from '@/lib/testing/isolation/two-tenants';
import { useTestDatabase } from '@/lib/testing/test-database';

/**
 * Every dashboard page by itself, without middleware, layout or gateway around it: whoever comes to
 * it by whatever way, it finds out for itself who is asking.
 */
const browser = vi.hoisted(() => ({ cookie: null as string | null }));
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ host: 'localhost:8080' }),
  cookies: async () => ({ get: () => (browser.cookie ? { value: browser.cookie } : undefined) }),
}));
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
// Outside a rendering React keeps nothing between calls, which is what each page needs here.
vi.mock('react', async (original) => ({
  ...(await original<Record<string, unknown>>()),
  cache: <T>(work: T) => work,
}));

type Place = { default: (props: Record<string, unknown>) => Promise<ReactNode> };
const pages = import.meta.glob<Place>('/app/tenant/**/{page,layout}.tsx');
const database = useTestDatabase();
const world = new TwoTenants(database.adminUrl);

beforeAll(() => world.build(), 120_000);
afterAll(() => world.close());

/** What a page does for the caller: where it leads, or that it was shown. */
async function visit(file: string, slug: string): Promise<string> {
  const place = await pages[file]?.();
  const id = file.includes('/strategies/') ? world.owned.strategy : world.owned.backtest;
  const symbol = world.owned.symbol;
  const props = {
    params: Promise.resolve({ slug, id, symbol }),
    searchParams: Promise.resolve({}),
    children: null,
  };
  try {
    const shown = await place?.default(props);
    return inspect(shown, { depth: 30 }).includes(CANARY) ? 'shown with the canary' : 'shown';
  } catch (error) {
    if (error instanceof Left) return error.message;
    throw error;
  }
}

async function visitAll(slug: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const file of Object.keys(pages)) seen[file] = await visit(file, slug);
  return seen;
}

describe('every page of the dashboard', () => {
  it('is there to be tried', () => {
    expect(Object.keys(pages).length).toBeGreaterThan(10);
  });

  it('leads nobody in particular to sign-in', async () => {
    browser.cookie = null;
    const seen = await visitAll(world.victim.slug);
    const open = Object.entries(seen).filter(([, what]) => !what.startsWith('redirect /sign-in'));
    expect(open).toEqual([]);
  });

  it('does not exist for a person of another tenant', async () => {
    browser.cookie = world.attackerCookie;
    const seen = await visitAll(world.victim.slug);
    expect(Object.entries(seen).filter(([, what]) => what !== 'not found')).toEqual([]);
  });

  it('shows nothing of another tenant by its ids', async () => {
    browser.cookie = world.attackerCookie;
    const seen = await visitAll(world.attacker.slug);
    const canaries = Object.entries(seen).filter(([, what]) => what === 'shown with the canary');
    expect(canaries).toEqual([]);
    expect(Object.values(seen)).toContain('shown');
    expect(Object.values(seen)).toContain('not found');
  });
});

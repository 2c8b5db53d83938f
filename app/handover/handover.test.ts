import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { TENANT_HEADER } from '@/lib/transport/authenticate';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { GET as arrive } from './route';
import { GET as issue } from './issue/route';
import { GET as start } from './start/route';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(async () => {
  await world.open();
  // Routes read the machine's clock.
  world.clock.advance(Date.now() - world.clock.now().getTime());
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

/** A browser with a jar for each host, which goes where it is sent, like a real one. */
class Browser {
  readonly jars = new Map<string, Map<string, string>>();

  jar(host: string): Map<string, string> {
    const jar = this.jars.get(host) ?? new Map<string, string>();
    this.jars.set(host, jar);
    return jar;
  }

  async get(url: string, sent: Record<string, string> = {}): Promise<Response> {
    const { host, pathname } = new URL(url);
    const slug = host.endsWith('.localhost:8080') ? host.split('.')[0] : undefined;
    const cookie = [...this.jar(host)].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { host, cookie, ...(slug ? { [TENANT_HEADER]: slug } : {}), ...sent };
    const route = { '/handover/start': start, '/handover/issue': issue, '/handover': arrive }[
      pathname
    ];
    if (!route) return new Response('a page', { status: 200 });
    const response = await route(new Request(url, { headers }));
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/Max-Age=0/.test(set)) this.jar(host).delete(name);
      else this.jar(host).set(name, value);
    }
    return response;
  }

  /** Follows until something is no redirect of the hand-over; answers every address on the way. */
  async follow(from: string): Promise<string[]> {
    const way = [from];
    for (let hops = 0; hops < 6; hops += 1) {
      const at = way.at(-1) ?? '';
      const response = await this.get(at);
      if (response.status !== 303) return way;
      way.push(new URL(response.headers.get('location') ?? '', at).href);
    }
    throw new Error(`going in circles: ${way.join(' → ')}`);
  }
}

async function atRoot() {
  const owner = await world.owner();
  const browser = new Browser();
  browser.jar('localhost:8080').set('nz_session', owner.session.token);
  const home = `http://${owner.tenant.slug}.localhost:8080`;
  return { ...owner, browser, home, host: `${owner.tenant.slug}.localhost:8080` };
}

describe('signing in at a tenant’s host by way of the root host', () => {
  it('ends on the page asked for, with a cookie of that host and no code in the address', async () => {
    const { browser, home, host } = await atRoot();
    const way = await browser.follow(`${home}/handover/start?next=%2Fbilling%3Fplan%3Dx`);
    expect(way.map((url) => new URL(url).pathname)).toEqual([
      '/handover/start',
      '/handover/issue',
      '/handover',
      '/billing',
    ]);
    expect(way.at(-1)).toBe(`${home}/billing?plan=x`);
    expect([...browser.jar(host).keys()]).toEqual(['nz_session']);
  });

  it('lets nobody be signed in as somebody else by a link', async () => {
    const attacker = await atRoot();
    const way = await attacker.browser.follow(`${attacker.home}/handover/start`);
    const used = way.find((url) => url.includes('code=')) ?? '';
    // One that the attacker has not opened: all but the last step is done.
    const begun = await attacker.browser.get(`${attacker.home}/handover/start`);
    const asked = await attacker.browser.get(begun.headers.get('location') ?? '');
    const fresh = asked.headers.get('location') ?? '';
    expect(fresh).toMatch(/\/handover\?code=/);
    const victim = new Browser();
    await victim.get(`${attacker.home}/handover/start`);
    for (const link of [used, fresh]) {
      const end = await victim.follow(link);
      expect(end.at(-1)).toBe(`${attacker.home}/sign-in?notice=handover`);
    }
    expect(victim.jar(attacker.host).has('nz_session')).toBe(false);
    expect((await attacker.browser.follow(fresh)).at(-1)).toBe(`${attacker.home}/`);
  });

  it('leaves whoever is signed in already as they are', async () => {
    const { browser, home, host } = await atRoot();
    await browser.follow(`${home}/handover/start`);
    const mine = browser.jar(host).get('nz_session');
    const way = await browser.follow(`${home}/handover?code=nonsense&next=/usage`);
    expect(way.at(-1)).toBe(`${home}/usage`);
    expect(browser.jar(host).get('nz_session')).toBe(mine);
  });

  it('leads who isn’t signed in at the root host, or no member, to the tenant’s way in', async () => {
    const { home } = await atRoot();
    const nobody = await new Browser().follow(`${home}/handover/start?next=/usage`);
    expect(nobody.at(-1)).toBe(`${home}/sign-in?next=%2Fusage`);
    const stranger = await atRoot();
    expect((await stranger.browser.follow(`${home}/handover/start`)).at(-1)).toBe(
      `${home}/sign-in`,
    );
  });

  it('goes nowhere else, whatever it is asked', async () => {
    const { browser, home } = await atRoot();
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/a\nb']) {
      const way = await browser.follow(`${home}/handover/start?next=${encodeURIComponent(next)}`);
      expect(way.at(-1)).toBe(`${home}/`);
    }
    const root = 'http://localhost:8080';
    const browserHash = 'a'.repeat(64);
    const elsewhere = `${root}/handover/issue?tenant=evil.example&browser=${browserHash}`;
    expect((await browser.follow(elsewhere)).at(-1)).toBe(`${root}/workspaces`);
    expect((await browser.follow(`${root}/handover/start`)).at(-1)).toBe(`${root}/workspaces`);
    const soft = await browser.get(`${home}/handover/start`, { 'sec-fetch-dest': 'empty' });
    expect([soft.status, soft.headers.getSetCookie()]).toEqual([204, []]);
  });
});

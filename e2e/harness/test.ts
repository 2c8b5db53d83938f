import { test as base, expect } from '@playwright/test';
import { ApiProgram } from './api-program';
import { type Faults, watchFaults } from './faults';
import { Inbox } from './inbox';
import { ProviderHand } from './provider-hand';

/** The product of this run, seen from a spec. */
export interface RunningProduct {
  /** http://localhost:PORT, also the base URL of every page. */
  url: string;
  port: number;
  sandboxUrl: string;
  /** Address of a tenant's own host: http://acme.localhost:PORT/path */
  tenantUrl(slug: string, path?: string): string;
}

function read(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is set by the global set-up of the tests.`);
  return value;
}

interface Hands {
  /** What the pages complained of; a test with something left in it fails. */
  faults: Faults;
  inbox: Inbox;
  /** Calls the API without a credential. */
  api: ApiProgram;
  provider: ProviderHand;
}

/** Playwright's test with the running product at hand. */
export const test = base.extend<Hands, { product: RunningProduct }>({
  product: [
    async ({}, use) => {
      const url = read('E2E_URL');
      const { port, hostname } = new URL(url);
      await use({
        url,
        port: Number(port),
        sandboxUrl: read('E2E_SANDBOX_URL'),
        tenantUrl: (slug, path = '/') => `http://${slug}.${hostname}:${port}${path}`,
      });
    },
    { scope: 'worker' },
  ],
  faults: [
    async ({ context }, use) => {
      const faults = watchFaults(context);
      await use(faults);
      expect(faults.found, 'complaints of the pages').toEqual([]);
    },
    { auto: true },
  ],
  inbox: async ({ playwright, product }, use) => {
    const request = await playwright.request.newContext();
    await use(new Inbox(request, product.sandboxUrl));
    await request.dispose();
  },
  provider: async ({ playwright, product }, use) => {
    const request = await playwright.request.newContext();
    await use(new ProviderHand(request, product.sandboxUrl));
    await request.dispose();
  },
  api: async ({ playwright, product }, use) => {
    const request = await playwright.request.newContext();
    await use(new ApiProgram(request, product.port));
    await request.dispose();
  },
});

export { expect } from '@playwright/test';

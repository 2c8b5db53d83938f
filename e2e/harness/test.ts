import { test as base } from '@playwright/test';

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

/** Playwright's test with the running product at hand. */
export const test = base.extend<object, { product: RunningProduct }>({
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
});

export { expect } from '@playwright/test';

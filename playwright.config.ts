import { defineConfig } from '@playwright/test';

const browserEnv = JSON.parse(process.env.E2E_CHROMIUM_ENV ?? '{}') as Record<string, string>;

/** Changes how the one operator signs in, and so the console for every other spec. */
const ALONE = '**/second-factor.spec.ts';

// Workers read this file again after the global set-up, and find the browser and the product in the environment.
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/harness/global-setup.ts',
  outputDir: 'test-results',
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  projects: [
    { name: 'product', testMatch: '**/*.spec.ts', testIgnore: ALONE },
    { name: 'afterwards', testMatch: ALONE, dependencies: ['product'] },
  ],
  use: {
    ...(process.env.E2E_URL ? { baseURL: process.env.E2E_URL } : {}),
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.E2E_CHROMIUM ? { executablePath: process.env.E2E_CHROMIUM } : {}),
      args: ['--no-sandbox', '--disable-background-networking'],
      env: { ...(process.env as Record<string, string>), ...browserEnv },
    },
  },
});

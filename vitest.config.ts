import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname) } },
  test: {
    include: ['{app,components,lib,prisma,sandbox,scripts,bench,prove}/**/*.test.{ts,tsx}'],
    environment: 'node',
    globalSetup: ['lib/testing/global-setup.ts'],
    setupFiles: ['lib/testing/setup-file.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
    restoreMocks: true,
    unstubEnvs: true,
  },
});

import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of half a minute and more, most of them by killing processes: begun last, one of them would run alone at the end. */
const SLOW = /(-kills|supervisor|push-wish|deaths|orders|accept-quote|refund-faults)\.test\.ts$/;

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => SLOW.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

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
    sequence: { sequencer: SlowFirst },
    restoreMocks: true,
    unstubEnvs: true,
  },
});

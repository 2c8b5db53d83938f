import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What stands in `dist/`: name of the bundle and its source. */
const PROGRAMS = {
  supervisor: 'lib/runtime/supervisor.ts',
  server: 'lib/runtime/server.ts',
  gateway: 'lib/runtime/gateway.ts',
  worker: 'lib/runtime/worker.ts',
  sandbox: 'sandbox/main.ts',
  // Worker threads are programs of their own, found beside the worker's.
  'paper-thread': 'lib/domains/billing/pdf/thread.ts',
  'backtest-thread': 'lib/domains/trading/backtests/thread.ts',
};

/**
 * Bundles the processes of the product into `dist/*.mjs`; packages stay outside, in node_modules.
 * @param {string} root the project's root folder
 */
export async function bundle(root) {
  const { build } = await import('esbuild');
  const outdir = path.join(root, 'dist');
  rmSync(outdir, { recursive: true, force: true });
  const programs = Object.entries(PROGRAMS).map(([out, file]) => ({
    in: path.join(root, file),
    out,
  }));
  const missing = programs.filter((entry) => !existsSync(entry.in));
  if (missing.length > 0)
    throw new Error(`No source for ${missing.map((entry) => entry.out).join(', ')}.`);
  await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    alias: { '@': root },
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    jsx: 'automatic',
  });
}

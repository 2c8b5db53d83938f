import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const PROCESSES = {
  supervisor: 'lib/runtime/supervisor.ts',
  server: 'lib/runtime/server.ts',
  worker: 'lib/runtime/worker.ts',
  sandbox: 'sandbox/main.ts',
};

/** Worker threads are programs of their own: every `<name>.thread.ts` becomes `dist/threads/<name>.mjs`. */
function findThreads(root) {
  return readdirSync(path.join(root, 'lib'), { recursive: true })
    .map((file) => `lib/${String(file).replaceAll(path.sep, '/')}`)
    .filter((file) => file.endsWith('.thread.ts'))
    .map((file) => ({ in: path.join(root, file), out: `threads/${threadName(file)}` }));
}

function threadName(file) {
  return path.basename(file, '.thread.ts');
}

/**
 * Bundles the processes of the product into `dist/*.mjs`; packages stay outside, in node_modules.
 * @param {string} root the project's root folder
 */
export async function bundle(root) {
  const { build } = await import('esbuild');
  const outdir = path.join(root, 'dist');
  rmSync(outdir, { recursive: true, force: true });
  const processes = Object.entries(PROCESSES).map(([out, file]) => ({
    in: path.join(root, file),
    out,
  }));
  const missing = processes.filter((entry) => !existsSync(entry.in));
  if (missing.length > 0)
    throw new Error(`No source for ${missing.map((entry) => entry.out).join(', ')}.`);
  await build({
    absWorkingDir: root,
    entryPoints: [...processes, ...findThreads(root)],
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

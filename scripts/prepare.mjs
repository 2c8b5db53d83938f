import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateRoutes } from './generate-routes.mjs';
import { runProgram } from './run-program.mjs';
import { step } from './terminal.mjs';

export const root = path.resolve(import.meta.dirname, '..');
const OLDEST_NODE = [20, 19];

/** What the built program is made from; a change in any of it means a new build. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'prisma',
  'public',
  'sandbox',
  'instrumentation.ts',
  'middleware.ts',
  'next.config.mjs',
  'package-lock.json',
  'postcss.config.mjs',
  'scripts/bundle.mjs',
  'tsconfig.json',
];
const NOT_A_SOURCE = /\.test\.tsx?$|\.generated\.ts$|\/generated\/|^lib\/testing\//;

/** One sentence instead of a syntax error from somewhere deep. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(
    `Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`,
  );
  process.exit(1);
}

/** Nothing is downloaded for Prisma: it is only asked to generate, which needs no engine. */
function engineStandIn() {
  const candidates = ['/bin/true', '/usr/bin/true', process.execPath];
  return { PRISMA_SCHEMA_ENGINE_BINARY: candidates.find((file) => existsSync(file)) };
}

/** npm notes what it installed when it is done; that note is compared with the lockfile. */
function isInstalled() {
  const note = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(note, 'utf8')).packages;
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '' || (entry.optional && !found[place])) return true;
    return found[place]?.version === entry.version;
  });
}

export async function install() {
  if (isInstalled()) return;
  await step('Installing packages', () =>
    runProgram(
      'Installing packages',
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: root, env: engineStandIn() },
    ),
  );
}

/** Writes what is derived from sources and not kept in git: the database client and the route table. */
export async function generate() {
  const stamp = path.join(root, '.tmp', 'database-client.stamp');
  const hash = fingerprint(['prisma/schema', 'package-lock.json']);
  const client = path.join(root, 'lib/infra/db/generated/client.ts');
  if (!existsSync(client) || readStamp(stamp) !== hash) {
    await step('Generating the database client', () =>
      runProgram('Generating the database client', process.execPath, prismaGenerate(), {
        cwd: root,
        env: engineStandIn(),
      }),
    );
    writeStamp(stamp, hash);
  }
  generateRoutes(root);
  declareNext();
}

/** Next writes this file when it runs, and then it points into `.next`; without that folder the types need a plain one. */
function declareNext() {
  const file = path.join(root, 'next-env.d.ts');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const pointers = [...text.matchAll(/import ["'](.+)["']/g)].map(([, target]) => target);
  if (text !== '' && pointers.every((target) => existsSync(path.join(root, target)))) return;
  const references = ['next', 'next/image-types/global'];
  writeFileSync(file, references.map((name) => `/// <reference types="${name}" />\n`).join(''));
}

function prismaGenerate() {
  return [path.join(root, 'node_modules/prisma/build/index.js'), 'generate', '--no-hints'];
}

/** Builds the pages and bundles the processes, unless that was done from the very same sources. */
export async function build({ always = false } = {}) {
  const stamp = path.join(root, 'dist', '.stamp');
  const hash = fingerprint(SOURCES);
  const complete = existsSync(path.join(root, '.next', 'BUILD_ID'));
  if (!always && complete && readStamp(stamp) === hash) return;
  rmSync(stamp, { force: true });
  await step('Building', async () => {
    const { bundle } = await import('./bundle.mjs');
    const next = path.join(root, 'node_modules/next/dist/bin/next');
    await Promise.all([
      bundle(root),
      runProgram('Building the pages', process.execPath, [next, 'build'], {
        cwd: root,
        env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
      }),
    ]);
  });
  writeStamp(stamp, hash);
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function writeStamp(file, hash) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, hash);
}

/** A hash over names and contents, and over the Node version, which decides what a build contains. */
export function fingerprint(sources) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  for (const file of sources.flatMap((source) => listFiles(source)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

function listFiles(relative) {
  const absolute = path.join(root, relative);
  if (!existsSync(absolute)) return [];
  if (NOT_A_SOURCE.test(relative)) return [];
  const entries = readEntries(absolute);
  if (entries === null) return [relative];
  return entries.flatMap((name) => listFiles(`${relative}/${name}`));
}

function readEntries(absolute) {
  try {
    return readdirSync(absolute);
  } catch (error) {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  }
}

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const FILE = path.resolve(import.meta.dirname, '../package-lock.json');

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
];
const PROCESSORS = [
  'arm64',
  'arm',
  'x64',
  'ia32',
  'loong64',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
];

/** What a platform package's name says about the systems it is for. */
export function platformOf(name) {
  const words = name.split('/').at(-1).split(/[-_.]/);
  const os =
    words.find((word) => SYSTEMS.includes(word)) ?? (words.includes('win32') ? 'win32' : undefined);
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc && os === 'linux' ? { libc: [libc] } : {}),
    ...(os ? { os: [os] } : {}),
  };
}

/** Optional packages that others ask for and the lockfile lacks: `npm ci` refuses such a file. */
export function missingPackages(packages) {
  const missing = [];
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = [`${place}/node_modules/${name}`, `node_modules/${name}`].some(
        (candidate) => packages[candidate],
      );
      if (!found) missing.push({ name, version, dev: entry.dev });
    }
  }
  return missing;
}

/**
 * Adds the packages for other systems that npm leaves out of the lockfile when it cannot see them, so that
 * `npm ci` accepts the file everywhere. They are pinned by their parent, and never installed where they don't belong.
 */
function complete() {
  const lock = JSON.parse(readFileSync(FILE, 'utf8'));
  const missing = missingPackages(lock.packages);
  for (const { name, version, dev } of missing) {
    lock.packages[`node_modules/${name}`] = {
      version: version.replace(/^[~^]/, ''),
      ...(dev ? { dev: true } : {}),
      optional: true,
      ...platformOf(name),
    };
  }
  const [root, ...rest] = Object.entries(lock.packages);
  rest.sort(([left], [right]) => left.localeCompare(right, 'en'));
  lock.packages = Object.fromEntries([root, ...rest]);
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`Packages added to the lockfile: ${missing.length}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) complete();

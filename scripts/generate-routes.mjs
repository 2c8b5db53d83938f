import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Folders whose handlers the gateway mounts itself; Next serves the same files under `next start`. */
const MOUNTED = ['app/api/v1', 'app/api/health', 'app/api/metrics', 'app/api/webhooks'];
const TARGET = 'lib/runtime/routes.generated.ts';

/**
 * Writes the gateway's table of routes from the folder tree, as static imports, so that the bundler sees them.
 * @param {string} root the project's root folder
 * @returns {boolean} whether the file changed
 */
export function generateRoutes(root) {
  const files = MOUNTED.flatMap((folder) => routeFiles(root, folder));
  const routes = files
    .map((file) => ({ file, path: routePath(file) }))
    .sort((left, right) => compare(left.path, right.path));
  const text = render(routes);
  const target = path.join(root, TARGET);
  if (readOrEmpty(target) === text) return false;
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  return true;
}

function routeFiles(root, folder) {
  let entries;
  try {
    entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return routeFiles(root, name);
    return entry.name === 'route.ts' ? [name] : [];
  });
}

/** `app/api/v1/tenants/[id]/route.ts` → `/api/v1/tenants/:id`; route groups leave no trace, `[...rest]` becomes `*`. */
export function routePath(file) {
  const segments = file
    .split('/')
    .slice(1, -1)
    .filter((segment) => !/^\(.*\)$/.test(segment));
  return `/${segments.map(pattern).join('/')}`;
}

function pattern(segment) {
  if (/^\[{1,2}\.\.\./.test(segment)) return '*';
  return segment.replace(/^\[(.+)\]$/, ':$1');
}

/** Fixed segments before parameters, so that `/strategies/presets` is not taken for an id. */
function compare(left, right) {
  const key = (value) => value.replaceAll(':', '\u{fffe}').replaceAll('*', '\u{ffff}');
  return key(left) < key(right) ? -1 : 1;
}

function render(routes) {
  const imports = routes.map(
    ({ file }, index) => `import * as route${index} from '@/${file.replace(/\.ts$/, '')}';`,
  );
  const rows = routes.map(
    ({ file, path: route }, index) =>
      `  { path: '${route}', file: '${file}', module: route${index} },`,
  );
  return [
    '// Written by scripts/generate-routes.mjs from the folders below app/api. Not for editing.',
    ...imports,
    '',
    'export interface GeneratedRoute {',
    '  /** Pattern with `:name` for a parameter and `*` for the rest. */',
    '  readonly path: string;',
    '  readonly file: string;',
    '  /** The exports of the route file: GET, POST and so on. */',
    '  readonly module: Readonly<Record<string, unknown>>;',
    '}',
    '',
    'export const routes: readonly GeneratedRoute[] = [',
    ...rows,
    '];',
    '',
  ].join('\n');
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  generateRoutes(path.resolve(import.meta.dirname, '..'));

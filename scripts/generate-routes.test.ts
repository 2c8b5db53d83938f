import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryPrefix } from '../lib/testing/test-settings';
import { generateRoutes, routePath } from './generate-routes.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(temporaryPrefix());
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function add(...files: string[]): void {
  for (const file of files) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), '');
  }
}

const paths = () =>
  [
    ...readFileSync(path.join(root, 'lib/runtime/routes.generated.ts'), 'utf8').matchAll(
      /path: '(.+?)'/g,
    ),
  ].map((match) => match[1]);

test.each([
  ['app/api/v1/tenants/[id]/users/route.ts', '/api/v1/tenants/:id/users'],
  ['app/api/v1/(reports)/usage/route.ts', '/api/v1/usage'],
  ['app/api/v1/files/[...path]/route.ts', '/api/v1/files/*'],
])('%s is served at %s', (file, route) => expect(routePath(file)).toBe(route));

test('lists fixed paths before parameters, and nothing but route files', () => {
  add(
    'app/api/v1/strategies/[id]/route.ts',
    'app/api/v1/strategies/presets/route.ts',
    'app/api/v1/strategies/route.test.ts',
    'app/api/auth/[...nextauth]/route.ts',
    'app/api/health/route.ts',
  );
  expect(generateRoutes(root)).toBe(true);
  expect(paths()).toEqual(['/api/health', '/api/v1/strategies/presets', '/api/v1/strategies/:id']);
});

test('leaves the file alone when nothing changed, and drops a route that is gone', () => {
  add('app/api/health/route.ts', 'app/api/v1/usage/route.ts');
  expect(generateRoutes(root)).toBe(true);
  expect(generateRoutes(root)).toBe(false);
  rmSync(path.join(root, 'app/api/v1/usage/route.ts'));
  expect(generateRoutes(root)).toBe(true);
  expect(paths()).toEqual(['/api/health']);
});

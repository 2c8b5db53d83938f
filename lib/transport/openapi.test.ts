import { beforeAll, expect, it } from 'vitest';
import { routes } from '@/lib/runtime/routes.generated';
import { openApiDocument } from './openapi';
import { provideRoutes } from './route-table';

type Documented = Record<
  string,
  Record<string, { operationId: string; responses: object; security: object[] }>
>;
let paths: Documented = {};

beforeAll(() => {
  provideRoutes(routes);
  const document = openApiDocument('http://localhost:8080');
  paths = (document.paths ?? {}) as unknown as Documented;
});

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

it('has every method of every route below /api/v1', () => {
  const mounted = routes.filter(({ path }) => path.startsWith('/api/v1/'));
  expect(mounted.length).toBeGreaterThan(20);
  for (const { path, module } of mounted) {
    const documented = paths[path.slice('/api/v1'.length).replaceAll(/:(\w+)/g, '{$1}')];
    const exported = METHODS.filter((method) => method in module);
    expect(Object.keys(documented ?? {}).sort(), path).toEqual(
      exported.map((method) => method.toLowerCase()).sort(),
    );
  }
});

it('names each operation once, and says how it fails', () => {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { responses } of operations) expect(responses).toHaveProperty('default');
});

it('says that what is for operators takes their session and no token', () => {
  const own = Object.entries(paths).filter(([path]) => path.startsWith('/admin/'));
  expect(own.length).toBeGreaterThan(3);
  for (const [, methods] of own) {
    for (const { security } of Object.values(methods)) expect(security).toEqual([{ operator: [] }]);
  }
  expect(paths['/audit-events']?.get?.security).toEqual([{ bearer: ['audit:read'] }]);
});

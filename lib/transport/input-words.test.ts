import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { checkInput } from '@/lib/kernel/input';
import { routes } from '@/lib/runtime/routes.generated';
import { listOperations, provideRoutes } from './route-table';

beforeAll(() => provideRoutes(routes));

const values = [
  undefined,
  null,
  true,
  -1,
  1.5,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  'x',
  ' ',
  'x'.repeat(100_000),
  [],
  [{}],
  Array.from({ length: 2_000 }, () => 1),
  {},
  { unknown: { deep: 1 } },
];

/** Each wrong value as the whole, and in the place of each field. */
function tries(schema: z.ZodType): unknown[] {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const inFields = names.flatMap((name) => values.map((value) => ({ [name]: value })));
  return [...values, ...inFields];
}

/** How Zod itself speaks. */
const FOREIGN = /^(Invalid|Too (small|big)|Unrecognized|Expected \w+, received)|expected \w+ to/;

it('says whatever is wrong with any input of the API in sentences of its own', () => {
  const odd: string[] = [];
  let seen = 0;
  for (const { method, path, spec } of listOperations()) {
    for (const schema of [spec.body, spec.query, spec.params]) {
      if (!schema) continue;
      for (const value of tries(schema)) {
        const checked = checkInput(schema, value);
        for (const error of checked.ok ? [] : checked.errors) {
          seen += 1;
          const good = /^[A-Z].*[.!?]$/s.test(error.message) && !FOREIGN.test(error.message);
          if (!good) odd.push(`${method} ${path} ${error.path} ${error.code}: ${error.message}`);
        }
      }
    }
  }
  expect([...new Set(odd)]).toEqual([]);
  expect(seen).toBeGreaterThan(1_000);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryPrefix } from '../../lib/testing/test-settings';
import { checkConventions } from './conventions.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(temporaryPrefix());
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text = 'export const one = 1;\n'): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

test('finds nothing in a tidy tree', () => {
  write('app/tenant/[slug]/(area)/_components/usage-card.tsx');
  write('app/api/auth/[...nextauth]/route.ts');
  write('lib/domains/billing/index.ts');
  write('lib/domains/billing/pay-invoice.test.ts');
  expect(checkConventions(root)).toEqual({ files: 4, problems: [] });
});

test.each([
  ['lib/infra/utils.ts', '', /says nothing/],
  ['components/helpers/card.tsx', '', /says nothing/],
  ['lib/infra/payInvoice.ts', '', /kebab-case/],
  ['lib/infra/index.ts', "export * from './card';", /name what the door offers/],
  ['lib/infra/card.ts', '// TODO: later', /leaves work/],
  ['lib/infra/card.ts', '// oxlint-disable-next-line no-console', /without a reason/],
  ['lib/infra/card.test.ts', 'test.only()', /one test alone/],
  ['lib/domains/billing/pay.ts', '', /no door/],
])('reports %s', (file, text, sentence) => {
  write(file, text);
  expect(checkConventions(root).problems).toEqual([expect.stringMatching(sentence)]);
});

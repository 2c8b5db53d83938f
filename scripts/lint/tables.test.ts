import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryPrefix } from '../../lib/testing/test-settings';
import { checkTables } from './tables.mjs';

let root: string;

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

beforeEach(() => {
  root = mkdtempSync(temporaryPrefix());
  write('prisma/schema/trading.prisma', 'model Strategy {\n}\n\nmodel BarChunk {\n}\n');
  write('prisma/schema/tenancy.prisma', 'model Tenant {\n}\n');
  write('prisma/schema/identity.prisma', 'model User {\n}\n');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('lets a domain reach its own tables, those of earlier ones, and people', () => {
  write('lib/domains/trading/strategies/list.ts', 'tx.strategy.findMany({}); tx.tenant.count()');
  write('lib/domains/audit/list.ts', 'tx.user.findMany({})');
  write('lib/domains/billing/list.test.ts', 'tx.strategy.count()');
  expect(checkTables(root)).toEqual({ files: 2, problems: [] });
});

test.each(['tx.strategy.count()', 'tx\n      .barChunk.deleteMany({})'])(
  'reports a domain that reaches past a door: %j',
  (text) => {
    write('lib/domains/billing/count.ts', text);
    expect(checkTables(root).problems).toEqual([
      expect.stringMatching(/billing\/count\.ts: .* a table of trading, which billing/),
    ]);
  },
);

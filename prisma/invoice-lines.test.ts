import { randomBytes, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { projectRoot, TEST_AUTH_SECRET } from '@/lib/testing/test-settings';
import { migrate } from './migrate';

const MIGRATION = '20261125120000_invoice_lines';
let admin: pg.Client;
let adminUrl: string;
let root: string;

/** A database as it was before the migration, and a copy of the migrations up to it. */
beforeEach(async () => {
  const url = new URL(inject('adminUrl'));
  url.pathname = '/postgres';
  const server = new pg.Client({ connectionString: url.href });
  await server.connect();
  const name = `invoices_${randomBytes(6).toString('hex')}`;
  await server.query(`CREATE DATABASE ${name}`);
  await server.end();
  url.pathname = `/${name}`;
  adminUrl = url.href;
  root = mkdtempSync(path.join(tmpdir(), 'neozork-invoice-lines-'));
  cpSync(path.join(projectRoot, 'prisma'), path.join(root, 'prisma'), { recursive: true });
  for (const folder of readdirSync(path.join(root, 'prisma/migrations'))) {
    if (folder >= MIGRATION && /^\d/.test(folder))
      rmSync(path.join(root, 'prisma/migrations', folder), { recursive: true });
  }
  await run();
  admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
});

afterEach(async () => {
  await admin.end();
  rmSync(root, { recursive: true, force: true });
});

const run = () => migrate({ root, adminUrl, authSecret: TEST_AUTH_SECRET });

const stored = (description: string, amount: number, proration: boolean) => ({
  description,
  amount,
  quantity: 1,
  proration,
  period: { start: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z' },
});

test('takes the lines of invoices into rows, numbers what is there by date, and goes on from there', async () => {
  const tenants = [randomUUID(), randomUUID()];
  const insert = (
    tenant: string | undefined,
    number: string,
    issued: string | null,
    lines: object,
  ) =>
    admin.query(
      `INSERT INTO invoice (tenant_id, id, number, status, currency, subtotal, tax, total, amount_paid, amount_due,
         lines, provider_id, issued_at, created_at, updated_at)
       VALUES ($1, $2, $3, 'paid', 'usd', 19900, 0, 17900, 17900, 0, $4, $3, $5, '2025-12-31T23:00:00Z', now())`,
      [tenant, randomUUID(), number, JSON.stringify(lines), issued],
    );
  await insert(tenants[0], 'LATER-1', '2026-03-02T00:00:00Z', [
    stored('Unused time', -5_000, true),
    stored('Remaining time', 24_900, true),
  ]);
  await insert(tenants[1], 'FIRST-1', '2026-03-01T00:00:00Z', [stored('By hand', 19_900, false)]);
  await insert(tenants[1], 'LAST-YEAR', null, []);
  cpSync(
    path.join(projectRoot, 'prisma/migrations', MIGRATION),
    path.join(root, 'prisma/migrations', MIGRATION),
    { recursive: true },
  );
  expect(await run()).toEqual([MIGRATION]);

  const invoices = await admin.query(
    'SELECT number, provider_number, discount FROM invoice ORDER BY number',
  );
  expect(invoices.rows).toEqual([
    { number: 'NZ-2025-000001', provider_number: 'LAST-YEAR', discount: '2000' },
    { number: 'NZ-2026-000001', provider_number: 'FIRST-1', discount: '2000' },
    { number: 'NZ-2026-000002', provider_number: 'LATER-1', discount: '2000' },
  ]);
  const lines = await admin.query(
    `SELECT i.provider_number AS of, l.position, l.kind, l.description, l.amount, l.quantity, l.period_start
     FROM invoice_line l JOIN invoice i ON (i.tenant_id, i.id) = (l.tenant_id, l.invoice_id)
     ORDER BY i.number, l.position`,
  );
  const march = new Date('2026-03-01T00:00:00Z');
  const row = (
    of: string,
    position: number,
    kind: string,
    description: string,
    amount: string,
  ) => ({
    of,
    position,
    kind,
    description,
    amount,
    quantity: '1',
    period_start: march,
  });
  expect(lines.rows).toEqual([
    row('FIRST-1', 0, 'other', 'By hand', '19900'),
    row('LATER-1', 0, 'unused_time', 'Unused time', '-5000'),
    row('LATER-1', 1, 'remaining_time', 'Remaining time', '24900'),
  ]);
  const counters = await admin.query('SELECT series, last FROM document_counter ORDER BY series');
  expect(counters.rows).toEqual([
    { series: 'NZ-2025', last: '1' },
    { series: 'NZ-2026', last: '2' },
  ]);
  const forced = await admin.query(
    `SELECT bool_and(relforcerowsecurity) AS forced FROM pg_class WHERE relname IN ('invoice', 'invoice_line')`,
  );
  expect(forced.rows).toEqual([{ forced: true }]);
});

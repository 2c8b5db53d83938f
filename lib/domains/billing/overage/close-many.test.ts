import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { closeEverybody, fillMonth, wrongCharges } from '@/lib/testing/month-world';
import { useTestDatabase } from '@/lib/testing/test-database';

/** As many as eight callers can meet at, several times each. */
const TENANTS = 16;
const database = useTestDatabase();
let admin: pg.Client;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

it('closes everybody’s month to the cent, four at a time and racing each other, and then never again', async () => {
  await fillMonth(admin, { tenants: TENANTS, rowsEach: 25 });
  expect(await wrongCharges(admin)).toBe(TENANTS);
  const [first, second] = await Promise.all([closeEverybody(admin, 4), closeEverybody(admin, 4)]);
  expect(first + second).toBe(TENANTS);
  expect(await wrongCharges(admin)).toBe(0);
  expect(await closeEverybody(admin, 4)).toBe(0);
  await admin.query(
    `UPDATE overage_charge SET amount = amount + 1 WHERE tenant_id = (SELECT tenant_id FROM overage_charge LIMIT 1)`,
  );
  expect(await wrongCharges(admin)).toBe(1);
});

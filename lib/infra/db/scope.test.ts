import { expect, it, vi } from 'vitest';
import { newId } from '@/lib/kernel/ids';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();

it('binds a transaction to its tenant, also through a pool that another bundle made', async () => {
  const maker = await import('./scope');
  vi.resetModules();
  const user = await import('./scope');
  expect(user.ScopedPool).not.toBe(maker.ScopedPool);
  const tenantId = newId();
  const pool = new maker.ScopedPool({ connectionString: database.appUrl, max: 1 });
  const client = await user.inScope({ tenantId, userId: null }, () => pool.connect());
  try {
    await client.query({ text: 'BEGIN' });
    const { rows } = await client.query("SELECT current_setting('app.tenant_id', true) AS tenant");
    expect(rows).toEqual([{ tenant: tenantId }]);
    await client.query('ROLLBACK');
  } finally {
    client.release();
    await pool.end();
  }
});

it('refuses a second connection while a transaction holds one, in every way to ask for it', async () => {
  const { inScope, ScopedPool } = await import('./scope');
  const pool = new ScopedPool({ connectionString: database.appUrl, max: 2 });
  const scope = { tenantId: newId(), userId: null };
  const message = /second connection/;
  try {
    await inScope(scope, async () => {
      const client = await pool.connect();
      try {
        await expect(pool.connect()).rejects.toThrow(message);
        await expect(pool.query('SELECT 1')).rejects.toThrow(message);
        await expect(inScope(scope, async () => pool.connect())).rejects.toThrow(message);
      } finally {
        client.release();
      }
    });
    expect(pool.totalCount).toBe(1);
    await expect(pool.query('SELECT 1')).resolves.toMatchObject({ rowCount: 1 });
  } finally {
    await pool.end();
  }
});

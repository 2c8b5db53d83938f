import { afterAll, expect, it } from 'vitest';
import { closeDatabase, type Tx, txSql, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { useTestDatabase } from '@/lib/testing/test-database';
import { tradingTenant } from '@/lib/testing/trading-world';

useTestDatabase();
afterAll(() => closeDatabase());

const insert = (tx: Tx, ctx: Ctx, tenantId = ctx.tenantId) =>
  txSql(tx, {
    text: `INSERT INTO usage_subject (tenant_id, meter, period_start, subject) VALUES ($1, 'm', now(), 'x')`,
    values: [tenantId],
  });

async function seen(tx: Tx): Promise<number> {
  const { rows } = await txSql<{ n: number }>(tx, {
    text: `SELECT count(*)::int AS n FROM usage_subject WHERE meter = 'm'`,
  });
  return rows[0]?.n ?? 0;
}

it('runs in the transaction, bound to its tenant, and is rolled back with it', async () => {
  const [ctx, other] = [await tradingTenant(), await tradingTenant()];
  const undone = withTenant(ctx, async (tx) => {
    await insert(tx, ctx);
    expect(await tx.usageSubject.count({ where: { meter: 'm' } })).toBe(1);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await withTenant(other, (tx) => insert(tx, other));
  expect(await withTenant(ctx, seen)).toBe(0);
  await expect(withTenant(ctx, (tx) => insert(tx, ctx, other.tenantId))).rejects.toThrow(
    'row-level security',
  );
});

it('refuses once the transaction is over: the connection may be another tenant’s', async () => {
  const ctx = await tradingTenant();
  const kept = await withTenant(ctx, (tx) => Promise.resolve({ tx }));
  await expect(seen(kept.tx)).rejects.toThrow('The transaction is over.');
});

import { Prisma } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { allOf, likeText } from '../conditions';
import { withOperator } from '../platform-audit';
import { presentDiscount, readDiscounts } from './read-discounts';
import type { AdminDiscountPage, AdminDiscountQuery } from './schemas';

/** The discounts that operators gave or asked for, of all tenants, newest first. Throws `forbidden`, `invalid_cursor`. */
export async function listDiscounts(
  ctx: OperatorCtx,
  query: AdminDiscountQuery,
): Promise<AdminDiscountPage> {
  authoriseOperator(ctx, 'platform:read');
  const { search, status, limit } = query;
  const before = olderThan('discountRequest', query.cursor).id?.lt;
  const like = search && likeText(search);
  const where = allOf(
    like && Prisma.sql`(t.name ILIKE ${like} OR t.slug ILIKE ${like})`,
    status && Prisma.sql`d.status = ${status}`,
    before && Prisma.sql`d.id < ${before}::uuid`,
  );
  return withOperator(ctx, async (tx) => ({
    result: toPage(
      await readDiscounts(tx, where, limit + 1),
      limit,
      presentDiscount,
      cursorById('discountRequest'),
    ),
    entry: {
      action: 'discounts.listed',
      object: { type: 'platform', id: 'all' },
      after: { search: search ?? null, status: status ?? null },
    },
  }));
}

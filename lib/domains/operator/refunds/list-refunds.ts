import { Prisma } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { allOf, likeText } from '../conditions';
import { withOperator } from '../platform-audit';
import { presentRefund, readRefunds } from './read-refunds';
import type { AdminRefundPage, AdminRefundQuery } from './schemas';

function searched(text: string | undefined): Prisma.Sql | undefined {
  if (!text) return undefined;
  const like = likeText(text);
  return Prisma.sql`(t.name ILIKE ${like} OR t.slug ILIKE ${like} OR i.number = ${text} OR n.number = ${text}
    OR r.provider_id = ${text})`;
}

/** The refunds of all tenants, newest first. Throws `forbidden`, `invalid_cursor`. */
export async function listRefunds(
  ctx: OperatorCtx,
  query: AdminRefundQuery,
): Promise<AdminRefundPage> {
  authoriseOperator(ctx, 'platform:read');
  const { search, status, limit } = query;
  const before = olderThan('refund', query.cursor).id?.lt;
  const where = allOf(
    searched(search),
    status && Prisma.sql`r.status = ${status}`,
    before && Prisma.sql`r.id < ${before}::uuid`,
  );
  return withOperator(ctx, async (tx) => ({
    result: toPage(
      await readRefunds(tx, where, limit + 1),
      limit,
      presentRefund,
      cursorById('refund'),
    ),
    entry: {
      action: 'refunds.listed',
      object: { type: 'platform', id: 'all' },
      after: { search: search ?? null, status: status ?? null },
    },
  }));
}

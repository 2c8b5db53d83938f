import { quoteIdOf } from '@/lib/domains/billing';
import { Prisma } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { parsePublicId } from '@/lib/kernel/ids';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { allOf, likeText } from '../conditions';
import { withOperator } from '../platform-audit';
import { presentQuote, readAdminQuote, readQuotes } from './read-quotes';
import type { AdminQuote, AdminQuotePage, AdminQuoteQuery } from './schemas';

/** By number, our id, or whose it is. */
function searched(text: string | undefined): Prisma.Sql | undefined {
  if (!text) return undefined;
  const id = parsePublicId('quote', text);
  if (id) return Prisma.sql`id = ${id}::uuid`;
  const like = likeText(text);
  return Prisma.sql`(name ILIKE ${like} OR slug ILIKE ${like} OR number ILIKE ${like})`;
}

/** The quotes of all tenants, newest first. Throws `forbidden`, `invalid_cursor`. */
export async function listAllQuotes(
  ctx: OperatorCtx,
  query: AdminQuoteQuery,
): Promise<AdminQuotePage> {
  authoriseOperator(ctx, 'platform:read');
  const { search, status, limit } = query;
  const before = olderThan('quote', query.cursor).id?.lt;
  const where = allOf(
    searched(search),
    status && Prisma.sql`status = ${status}`,
    before && Prisma.sql`id < ${before}::uuid`,
  );
  return withOperator(ctx, async (tx) => ({
    result: toPage(
      await readQuotes(tx, where, ctx.clock.now(), limit + 1),
      limit,
      presentQuote,
      cursorById('quote'),
    ),
    entry: {
      action: 'quotes.listed',
      object: { type: 'platform', id: 'all' },
      after: { search: search ?? null, status: status ?? null },
    },
  }));
}

/** Throws `forbidden`, `not_found`. */
export async function getAdminQuote(ctx: OperatorCtx, publicId: string): Promise<AdminQuote> {
  authoriseOperator(ctx, 'platform:read');
  const id = quoteIdOf(publicId);
  return withOperator(ctx, async (tx) => ({
    result: await readAdminQuote(tx, id, ctx.clock.now()),
    entry: { action: 'quote.viewed', object: { type: 'quote', id } },
  }));
}

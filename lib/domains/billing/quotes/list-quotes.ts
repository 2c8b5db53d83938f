import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { mayReadBilling } from '../policy';
import type { ListQuery } from '../schemas';
import {
  isKnownToCustomer,
  KNOWN_TO_CUSTOMER,
  type QuoteRow,
  quoteIdOf,
  readQuote,
  toQuoteDto,
  WITH_REVISIONS,
} from './quote-store';
import type { QuoteDto, QuotePage } from './schemas';

/** What the tenant asked for and was sent, newest first. Throws `invalid_cursor`. */
export async function listQuotes(ctx: Ctx, query: ListQuery): Promise<QuotePage> {
  mayReadBilling(ctx);
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const older = olderThan('quote', query.cursor);
  const rows = await withTenant(ctx, (tx) =>
    tx.quote.findMany({
      where: {
        tenantId,
        ...KNOWN_TO_CUSTOMER,
        ...older,
      },
      include: WITH_REVISIONS,
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    }),
  );
  return toPage(rows, query.limit, (row) => toQuoteDto(row, now), cursorById('quote'));
}

/** The row of a quote that its customer knows of. Throws not_found, also for another tenant's. */
export async function readOwnQuote(ctx: Ctx, publicId: string): Promise<QuoteRow> {
  const id = quoteIdOf(publicId);
  const row = await withTenant(ctx, (tx) => readQuote(tx, ctx.tenantId, id));
  if (!isKnownToCustomer(row)) throw notFound('quote');
  return row;
}

/** Throws not_found, also for another tenant's. */
export async function getQuote(ctx: Ctx, id: string): Promise<QuoteDto> {
  mayReadBilling(ctx);
  return toQuoteDto(await readOwnQuote(ctx, id), ctx.clock.now());
}

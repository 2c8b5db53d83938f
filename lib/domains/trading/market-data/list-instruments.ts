import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { type Page, toPage } from '@/lib/kernel/page';
import { readableBy, readCursor, toInstrumentDto, writeCursor } from './internal';
import { mayRead } from './policy';
import type { InstrumentDto, ListInstrumentsQuery } from './schemas';

const UUID_CURSOR = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type InstrumentPage = Page<InstrumentDto>;

/** The tenant's instruments, newest first, and after them the bundled ones. */
export async function listInstruments(
  ctx: Ctx,
  query: ListInstrumentsQuery,
): Promise<InstrumentPage> {
  mayRead(ctx);
  const before = query.cursor ? readCursor(query.cursor, UUID_CURSOR) : null;
  const contains = { contains: query.search ?? '', mode: 'insensitive' as const };
  const rows = await withTenant(ctx, (tx) =>
    tx.instrument.findMany({
      where: {
        ...readableBy(ctx),
        ...(query.search ? { OR: [{ symbol: contains }, { name: contains }] } : {}),
        ...(before ? { id: { lt: before } } : {}),
      },
      include: { series: { orderBy: { timeframe: 'asc' } } },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    }),
  );
  return toPage(rows, query.limit, toInstrumentDto, ({ id }) => writeCursor(id));
}

import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { readableBy, readCursor, toInstrumentDto, writeCursor } from './internal';
import { mayRead } from './policy';
import type { InstrumentDto, ListInstrumentsQuery } from './schemas';

const UUID_CURSOR = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type InstrumentPage = { data: InstrumentDto[]; next_cursor: string | null };

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
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map(toInstrumentDto),
    next_cursor: rows.length > page.length && last ? writeCursor(last.id) : null,
  };
}

import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { toBacktestDto } from './internal';
import { mayRead } from './policy';
import type { BacktestDto, ListBacktestsQuery } from './schemas';

export type BacktestPage = { data: BacktestDto[]; next_cursor: string | null };

/** Back-tests, newest first. A strategy of nobody's has none. */
export async function listBacktests(ctx: Ctx, query: ListBacktestsQuery): Promise<BacktestPage> {
  mayRead(ctx);
  const before = query.cursor ? parsePublicId('backtest', query.cursor) : undefined;
  if (before === null) {
    throw invalidField('cursor', 'invalid_cursor', 'This cursor is not one of ours.');
  }
  const strategyId = query.strategy_id ? parsePublicId('strategy', query.strategy_id) : undefined;
  if (strategyId === null) return { data: [], next_cursor: null };
  const contains = { contains: query.search ?? '', mode: 'insensitive' as const };
  const rows = await withTenant(ctx, (tx) =>
    tx.backtest.findMany({
      where: {
        tenantId: ctx.tenantId,
        ...(query.status ? { status: query.status } : {}),
        ...(strategyId ? { strategyId } : {}),
        ...(query.search ? { OR: [{ name: contains }, { symbol: contains }] } : {}),
        ...(before ? { id: { lt: before } } : {}),
      },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    }),
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map(toBacktestDto),
    next_cursor: rows.length > page.length && last ? publicId('backtest', last.id) : null,
  };
}

import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { readCursor, toStrategyDto } from './internal';
import type { StrategyDefinition } from './language';
import { mayRead } from './policy';
import type { ListStrategiesQuery, StrategyDto } from './schemas';

export type StrategyPage = { data: StrategyDto[]; next_cursor: string | null };

/** Strategies, newest first, each with its latest definition. */
export async function listStrategies(ctx: Ctx, query: ListStrategiesQuery): Promise<StrategyPage> {
  mayRead(ctx);
  const before = query.cursor ? readCursor(query.cursor) : null;
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const rows = await tx.strategy.findMany({
      where: {
        tenantId,
        ...(query.archived === 'all'
          ? {}
          : { archivedAt: query.archived === 'true' ? { not: null } : null }),
        ...(query.search ? { name: { contains: query.search, mode: 'insensitive' } } : {}),
        ...(before ? { id: { lt: before } } : {}),
      },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const latest = await tx.strategyVersion.findMany({
      where: { tenantId, OR: page.map(({ id, version }) => ({ strategyId: id, version })) },
    });
    const definitions = new Map(
      latest.map((one) => [one.strategyId, one.definition as unknown as StrategyDefinition]),
    );
    const last = page.at(-1);
    return {
      data: page.flatMap((row) => {
        const definition = definitions.get(row.id);
        return definition ? [toStrategyDto(row, definition)] : [];
      }),
      next_cursor: rows.length > page.length && last ? publicId('strategy', last.id) : null,
    };
  });
}

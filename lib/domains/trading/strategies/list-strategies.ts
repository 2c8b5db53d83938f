import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { cursorById, olderThan, type Page, toPage } from '@/lib/kernel/page';
import { type StrategyRow, toStrategyDto } from './internal';
import type { StrategyDefinition } from './language';
import { mayRead } from './policy';
import type { ListStrategiesQuery, StrategyDto } from './schemas';

export type StrategyPage = Page<StrategyDto>;

/** Strategies, newest first, each with its latest definition. */
export async function listStrategies(ctx: Ctx, query: ListStrategiesQuery): Promise<StrategyPage> {
  mayRead(ctx);
  const older = olderThan('strategy', query.cursor || undefined);
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const rows = await tx.strategy.findMany({
      where: {
        tenantId,
        ...(query.archived === 'all'
          ? {}
          : { archivedAt: query.archived === 'true' ? { not: null } : null }),
        ...(query.search ? { name: { contains: query.search, mode: 'insensitive' } } : {}),
        ...older,
      },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    });
    const latest = await tx.strategyVersion.findMany({
      where: { tenantId, OR: rows.map(({ id, version }) => ({ strategyId: id, version })) },
    });
    const definitions = new Map(
      latest.map((one) => [one.strategyId, one.definition as unknown as StrategyDefinition]),
    );
    const show = (row: StrategyRow) => {
      const definition = definitions.get(row.id);
      if (!definition) throw new Error(`strategy ${row.id} lacks its version ${row.version}`);
      return toStrategyDto(row, definition);
    };
    return toPage(rows, query.limit, show, cursorById('strategy'));
  });
}

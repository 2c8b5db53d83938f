import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { getStrategyRow } from './internal';
import { mayRead } from './policy';
import type { StrategyVersionDto } from './schemas';

export type VersionPage = { data: StrategyVersionDto[]; next_cursor: string | null };

/** A strategy's versions, newest first. The cursor is a version number. @throws not_found */
export async function listVersions(
  ctx: Ctx,
  id: string,
  query: { limit: number; cursor?: number | undefined },
): Promise<VersionPage> {
  mayRead(ctx);
  return withTenant(ctx, async (tx) => {
    const row = await getStrategyRow(tx, ctx, id);
    const rows = await tx.strategyVersion.findMany({
      where: {
        tenantId: ctx.tenantId,
        strategyId: row.id,
        ...(query.cursor === undefined ? {} : { version: { lt: query.cursor } }),
      },
      orderBy: { version: 'desc' },
      take: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      data: page.map(({ version, definition, createdAt }) => ({
        version,
        definition: definition as Record<string, unknown>,
        created_at: createdAt.toISOString(),
      })),
      next_cursor: rows.length > page.length && last ? String(last.version) : null,
    };
  });
}

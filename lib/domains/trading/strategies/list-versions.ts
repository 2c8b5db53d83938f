import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { type Page, toPage } from '@/lib/kernel/page';
import { getStrategyRow } from './internal';
import { mayRead } from './policy';
import type { StrategyVersionDto } from './schemas';

export type VersionPage = Page<StrategyVersionDto>;

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
    const show = ({ version, definition, createdAt }: (typeof rows)[number]) => ({
      version,
      definition: definition as Record<string, unknown>,
      created_at: createdAt.toISOString(),
    });
    return toPage(rows, query.limit, show, ({ version }) => String(version));
  });
}

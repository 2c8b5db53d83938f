import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { getDefinition, getStrategyRow, toStrategyDto } from './internal';
import { mayRead } from './policy';
import type { StrategyDto } from './schemas';

/** A strategy with its latest definition, archived or not. @throws not_found */
export async function getStrategy(ctx: Ctx, id: string): Promise<StrategyDto> {
  mayRead(ctx);
  return withTenant(ctx, async (tx) => {
    const row = await getStrategyRow(tx, ctx, id);
    return toStrategyDto(row, await getDefinition(tx, row));
  });
}

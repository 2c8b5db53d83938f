import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { getDefinition, getStrategyRow } from './internal';
import type { StrategyDefinition } from './language';

export type StrategyForRun = {
  id: string;
  version: number;
  name: string;
  definition: StrategyDefinition;
};

/** The latest version of a strategy, for a back-test. @throws not_found, conflict when archived */
export async function getStrategyForRun(tx: Tx, ctx: Ctx, id: string): Promise<StrategyForRun> {
  const row = await getStrategyRow(tx, ctx, id);
  if (row.archivedAt) {
    throw conflict('strategy_archived', 'This strategy is archived. Restore it to run it.');
  }
  const { version, name } = row;
  return { id: row.id, version, name, definition: await getDefinition(tx, row) };
}

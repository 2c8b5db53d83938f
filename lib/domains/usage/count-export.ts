import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { countUsage } from './count-usage';

/** Counts a series that somebody begins to take whole. */
export function countExport(ctx: Ctx): Promise<void> {
  return withTenant(ctx, (tx) => countUsage(tx, ctx, 'exports'));
}

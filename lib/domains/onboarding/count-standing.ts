import { countApiKeys } from '@/lib/domains/gateway';
import { countSeats } from '@/lib/domains/tenancy';
import { countStrategies } from '@/lib/domains/trading/strategies';
import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';

/** What the tenant has of the things its plan limits by number. */
export type Standing = { strategies: number; members: number; api_keys: number };

/**
 * Counts, by the very rules by which the limits are taken, what the page of plan and limits shows.
 * Throws `forbidden` without `billing:read`.
 */
export async function countStanding(ctx: Ctx): Promise<Standing> {
  authorise(ctx, 'billing:read');
  return withTenant(ctx, async (tx) => ({
    strategies: await countStrategies(tx, ctx),
    members: await countSeats(tx, ctx),
    api_keys: await countApiKeys(tx, ctx),
  }));
}

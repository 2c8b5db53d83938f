import type { Ctx } from '@/lib/kernel/ctx';
import type { Drift } from './drift/schemas';
import { driftOf } from './drift/subscription-drift';
import { findOwnSubscription } from './find-subscription';
import { mayReadBilling } from './policy';

/** How a subscription of this tenant differs from its provider; empty when it doesn't. Throws not_found. */
export async function findDrift(ctx: Ctx, id: string): Promise<Drift[]> {
  mayReadBilling(ctx);
  return driftOf(await findOwnSubscription(ctx, id));
}

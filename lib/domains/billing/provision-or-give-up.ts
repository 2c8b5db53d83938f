import { withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { isDomainError } from '@/lib/kernel/errors';
import { lockBilling } from './converge-billing';
import { isRefusal } from './gateways/find-gateway';
import { asRefusal } from './provider-refusal';
import { provisionSubscription } from './provision-subscription';
import { giveUpWaiting } from './settle-waiting';

/** Provisions; what the provider refuses for good is given up, so that nothing is left waiting, and thrown. */
export async function provisionOrGiveUp(ctx: Ctx, id: string): Promise<void> {
  try {
    await provisionSubscription(ctx, id);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    log().warn({ err: error, subscription: id }, 'the provider refused a subscription');
    await withTenant(ctx, async (tx) => {
      await lockBilling(tx, ctx.tenantId);
      await giveUpWaiting(tx, ctx, id, 'provider_refused');
    });
    throw asRefusal(error);
  }
}

/** For the job: a refusal has been written down, and nobody waits to be told. */
export async function provisionInBackground(ctx: Ctx, id: string): Promise<void> {
  try {
    await provisionOrGiveUp(ctx, id);
  } catch (error) {
    if (!isDomainError(error) || error.kind === 'unavailable') throw error;
  }
}

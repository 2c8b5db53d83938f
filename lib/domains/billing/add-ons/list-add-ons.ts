import { listAddOnVersions } from '@/lib/domains/entitlements';
import { withNobody } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import type { AddOnDto } from './schemas';
import { toAddOnDto } from './to-add-on-dto';

/** The add-ons that are on sale now, in the order in which they are offered. */
export async function listAddOns(ctx: PublicCtx): Promise<AddOnDto[]> {
  const addOns = await withNobody((tx) => listAddOnVersions(tx, ctx.clock.now()));
  return addOns.map(toAddOnDto);
}

import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { type LimitName, limitNameSchema } from '../schemas';
import { refreshHotColumns } from '../set-entitlements';
import type { AddOnVersion } from './schemas';

/** What add-ons add to limits. */
export type AddedLimits = Partial<Record<LimitName, number>>;

/** The sum of what these units give. */
export function limitsOfAddOns(
  units: readonly { version: Pick<AddOnVersion, 'gives'>; quantity: number }[],
): AddedLimits {
  const sums: AddedLimits = {};
  for (const { version, quantity } of units) {
    for (const name of limitNameSchema.options) {
      const each = version.gives[name];
      if (each !== undefined) sums[name] = (sums[name] ?? 0) + each * quantity;
    }
  }
  return sums;
}

/**
 * Lets add-ons raise limits by this much from now on, and no longer by what they did before. What was given until now
 * stays written down, for limits of the past are asked for. The caller audits. Returns what was before, null where
 * nothing changes.
 */
export async function setAddOnGrants(
  tx: Tx,
  ctx: Ctx,
  wanted: AddedLimits,
): Promise<AddedLimits | null> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const running = await tx.entitlementGrant.findMany({
    where: { tenantId, source: 'addon', endsAt: null },
  });
  const before = Object.fromEntries(running.map(({ key, value }) => [key, value])) as AddedLimits;
  const names = limitNameSchema.options.filter((name) => before[name] !== wanted[name]);
  if (names.length === 0) return null;
  const over = { tenantId, source: 'addon', endsAt: null, key: { in: names } };
  await tx.entitlementGrant.updateMany({
    where: { ...over, startsAt: { lt: now } },
    data: { endsAt: now },
  });
  // Begun in this very moment: it has given nothing.
  await tx.entitlementGrant.deleteMany({ where: over });
  await tx.entitlementGrant.createMany({
    data: names.flatMap((key) => {
      const value = wanted[key];
      if (value === undefined) return [];
      const id = newId(now.getTime());
      const reason = 'add-ons of the subscription';
      return [{ tenantId, id, source: 'addon', key, value, startsAt: now, reason, createdAt: now }];
    }),
  });
  await refreshHotColumns(tx, ctx);
  await emit(tx, ctx, 'entitlements.changed', { keys: names });
  return before;
}

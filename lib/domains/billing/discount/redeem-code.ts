import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import type { Code } from './schemas';

type Of = { id: string; gateway: string };

const redeemedBefore = (path: string) =>
  invalidField(
    path,
    'coupon_redeemed',
    'Your organisation has redeemed this code before, and a code is good once. Nothing was changed.',
  );

/** Throws 422 `coupon_redeemed` at the field `path` when the tenant has had the code: it is good once, unless it says otherwise. */
export async function requireUnredeemed(
  tx: Tx,
  { tenantId }: Ctx,
  gateway: string,
  { discount, reusable }: Code,
  path: string,
): Promise<void> {
  if (reusable) return;
  const { key } = discount;
  const count = await tx.codeRedemption.count({ where: { tenantId, gateway, key } });
  if (count > 0) throw redeemedBefore(path);
}

/**
 * Redeems a code for a subscription, in the transaction that asks for its discount; of any number at a time one does, by the
 * key of the table. Throws as `requireUnredeemed`.
 */
export async function redeemCode(
  tx: Tx,
  ctx: Ctx,
  { id: subscriptionId, gateway }: Of,
  { discount, reusable }: Code,
  path: string,
): Promise<void> {
  if (reusable) return;
  const { count } = await tx.codeRedemption.createMany({
    data: [
      { tenantId: ctx.tenantId, gateway, key: discount.key, subscriptionId, at: ctx.clock.now() },
    ],
    skipDuplicates: true,
  });
  if (count === 0) throw redeemedBefore(path);
}

/** Gives codes back that came to nothing: what was to have them never began, or its provider refused the one of `key`. */
export async function returnCodes(
  tx: Tx,
  { tenantId }: Ctx,
  subscriptionId: string,
  key?: string,
): Promise<void> {
  await tx.codeRedemption.deleteMany({
    where: { tenantId, subscriptionId, ...(key === undefined ? {} : { key }) },
  });
}

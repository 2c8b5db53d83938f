import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { lockApiKey } from './api-key-store';
import { forgetApiKey } from './find-api-key';

/** Ends a key, for good and everywhere within a second. Works without a subscription: it makes nothing. */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'api_keys:write');
  const hash = await withTenant(ctx, async (tx) => {
    const key = await lockApiKey(tx, ctx, id);
    await tx.apiKey.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: key.id } },
      data: { revokedAt: ctx.clock.now() },
    });
    await recordAudit(tx, ctx, {
      action: 'api_key.revoked',
      object: { type: 'api_key', id: key.id },
      before: { name: key.name, prefix: key.prefix },
    });
    await emit(tx, ctx, 'api_key.revoked', { id: publicId('apiKey', key.id), name: key.name });
    return key.secretHash;
  });
  forgetApiKey(hash);
}

import { recordAudit } from '@/lib/domains/audit';
import { requireSubscription } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Permission } from '@/lib/kernel/access';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { insertApiKey, lockApiKey, presentNewApiKey } from './api-key-store';
import { forgetApiKey } from './find-api-key';
import { mayGrant } from './policy';
import type { NewApiKeyDto, RotateApiKeyInput } from './schemas';
import { readAsleep } from './sleeping-scopes';

/**
 * Replaces a key by a new one with the same name, scopes, limit and place among the tenant's keys;
 * what sleeps goes on sleeping. The old one stays good for
 * `overlap_seconds`, but never longer than it would have been. The new key belongs to whoever
 * rotates, who must hold all its scopes. Throws `not_found` and `already_rotated`.
 */
export async function rotateApiKey(
  ctx: Ctx,
  id: string,
  { overlap_seconds: overlap }: RotateApiKeyInput,
): Promise<NewApiKeyDto> {
  authorise(ctx, 'api_keys:write');
  const now = ctx.clock.now();
  const { created, hash } = await withTenant(ctx, async (tx) => {
    await requireSubscription(tx, ctx);
    const old = await lockApiKey(tx, ctx, id);
    if (old.rotatedTo) {
      throw conflict('already_rotated', 'This key was already replaced. Rotate the new one.');
    }
    const scopes = old.scopes as Permission[];
    mayGrant(ctx, scopes);
    // One that has expired is replaced by one without an end: its old end says nothing any more.
    const expiresAt = old.expiresAt && old.expiresAt > now ? old.expiresAt : null;
    const { name, requestsPerSecond, firstId } = old;
    const line = { name, scopes, expiresAt, requestsPerSecond, firstId };
    const fresh = await insertApiKey(tx, ctx, line);
    const until = new Date(now.getTime() + overlap * 1_000);
    await tx.apiKey.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: old.id } },
      data: {
        rotatedTo: fresh.row.id,
        expiresAt: old.expiresAt && old.expiresAt < until ? old.expiresAt : until,
        revokedAt: overlap === 0 ? now : null,
      },
    });
    await recordAudit(tx, ctx, {
      action: 'api_key.rotated',
      object: { type: 'api_key', id: old.id },
      before: { prefix: old.prefix },
      after: { prefix: fresh.row.prefix, replaced_by: fresh.row.id, overlap_seconds: overlap },
    });
    await emit(tx, ctx, 'api_key.rotated', { id: publicId('apiKey', old.id), name: old.name });
    const asleep = (await readAsleep(tx, ctx, [fresh.row])).get(fresh.row.id) ?? null;
    return { created: presentNewApiKey(fresh, asleep), hash: old.secretHash };
  });
  forgetApiKey(hash);
  return created;
}

import { sha256 } from '@/lib/infra/crypto';
import type { Tx } from '@/lib/infra/db';
import { actingUserId, type AsleepScopes, type Ctx } from '@/lib/kernel/ctx';
import type { Permission } from '@/lib/kernel/access';
import { forbidden, notFound } from '@/lib/kernel/errors';
import { newId, parsePublicId, publicId } from '@/lib/kernel/ids';
import { newApiKeySecret, shownPrefix } from './key-format';
import type { ApiKeyDto, NewApiKeyDto } from './schemas';

export type ApiKeyRow = Awaited<ReturnType<Tx['apiKey']['findFirstOrThrow']>>;

/** Writes a new key; its secret exists in the answer alone. */
export async function insertApiKey(
  tx: Tx,
  ctx: Ctx,
  key: {
    name: string;
    scopes: Permission[];
    expiresAt: Date | null;
    requestsPerSecond: number | null;
    /** The first key of the line that this one goes on with. */
    firstId?: string;
  },
): Promise<{ row: ApiKeyRow; secret: string }> {
  const createdBy = actingUserId(ctx);
  if (!createdBy) throw forbidden('An API key belongs to a person, who has to make it.');
  const secret = newApiKeySecret();
  const now = ctx.clock.now();
  const id = newId(now.getTime());
  const row = await tx.apiKey.create({
    data: {
      tenantId: ctx.tenantId,
      id,
      firstId: id,
      ...key,
      prefix: shownPrefix(secret),
      secretHash: sha256(secret),
      createdBy,
      createdAt: now,
    },
  });
  return { row, secret };
}

/** Keys that work now, in the sense of the plan's limit: one being replaced counts no more. */
export function countApiKeys(tx: Tx, ctx: Ctx): Promise<number> {
  const now = ctx.clock.now();
  return tx.apiKey.count({
    where: {
      tenantId: ctx.tenantId,
      revokedAt: null,
      rotatedTo: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
  });
}

/** A key of this tenant that wasn't revoked, locked until the transaction ends. Throws `not_found`. */
export async function lockApiKey(tx: Tx, ctx: Ctx, id: string): Promise<ApiKeyRow> {
  const uuid = parsePublicId('apiKey', id);
  if (!uuid) throw notFound('API key');
  await tx.$queryRaw`SELECT 1 FROM api_key WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${uuid}::uuid FOR UPDATE`;
  const row = await tx.apiKey.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: uuid } },
  });
  if (!row || row.revokedAt) throw notFound('API key');
  return row;
}

/** `asleep`: scopes for which the plan has no room. */
export function presentApiKey(row: ApiKeyRow, asleep: AsleepScopes | null): ApiKeyDto {
  return {
    id: publicId('apiKey', row.id),
    name: row.name,
    prefix: row.prefix,
    // Written by the verbs of this folder alone, from the closed list.
    scopes: row.scopes as Permission[],
    sleeping: asleep && {
      scopes: [...asleep.scopes],
      code: asleep.code,
      detail: asleep.detail,
      upgrade_to: (asleep.extra.upgrade_to ?? null) as string | null,
      upgrade_name: (asleep.extra.upgrade_name ?? null) as string | null,
    },
    requests_per_second: row.requestsPerSecond,
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}

export function presentNewApiKey(
  created: { row: ApiKeyRow; secret: string },
  asleep: AsleepScopes | null,
): NewApiKeyDto {
  return { ...presentApiKey(created.row, asleep), secret: created.secret };
}

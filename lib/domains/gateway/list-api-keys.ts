import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { presentApiKey } from './api-key-store';
import type { ApiKeyPage, ApiKeyQuery } from './schemas';
import { readAsleep } from './sleeping-scopes';

/** Keys that weren't revoked, newest first; expired ones stay in sight. Throws `forbidden`. */
export async function listApiKeys(ctx: Ctx, query: ApiKeyQuery): Promise<ApiKeyPage> {
  authorise(ctx, 'api_keys:read');
  const before = query.cursor === undefined ? null : parsePublicId('apiKey', query.cursor);
  if (query.cursor !== undefined && before === null) {
    throw invalidField('cursor', 'invalid_cursor', 'This cursor is not one of ours.');
  }
  const { rows, asleep } = await withTenant(ctx, async (tx) => {
    const found = await tx.apiKey.findMany({
      where: {
        tenantId: ctx.tenantId,
        revokedAt: null,
        ...(before ? { id: { lt: before } } : {}),
      },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    });
    return { rows: found, asleep: await readAsleep(tx, ctx, found) };
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => presentApiKey(row, asleep.get(row.id) ?? null)),
    next_cursor: rows.length > query.limit && last ? publicId('apiKey', last.id) : null,
  };
}

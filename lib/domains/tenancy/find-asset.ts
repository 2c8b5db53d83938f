import { appSql } from '@/lib/infra/db';
import { isUuid, parsePublicId } from '@/lib/kernel/ids';

export type PublicAsset = { contentType: string; sha256: string; bytes: Buffer };

type Row = { content_type: string; sha256: string; bytes: Buffer };

/** A logo by the two ids of its path, for anybody who knows them; null otherwise. */
export async function findAsset(tenant: string, asset: string): Promise<PublicAsset | null> {
  const tenantId = parsePublicId('tenant', tenant);
  if (!tenantId || !isUuid(asset)) return null;
  const found = await appSql<Row>('tenancy.asset', 'SELECT * FROM door.tenant_asset($1, $2)', [
    tenantId,
    asset,
  ]);
  const [row] = found.rows;
  return row ? { contentType: row.content_type, sha256: row.sha256, bytes: row.bytes } : null;
}

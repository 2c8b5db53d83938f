import { appSql } from '@/lib/infra/db';
import { type StoredBranding, storedBranding } from './stored-branding';

/** What anybody may see of a tenant: its sign-in page. */
export type PublicTenant = {
  tenantId: string;
  slug: string;
  name: string;
  status: string;
  branding: StoredBranding;
};

type Row = { id: string; slug: string; name: string; status: string; branding: unknown };

/** The tenant of a slug, as its sign-in page shows it; null when there is none. */
export async function findPublicTenant(slug: string): Promise<PublicTenant | null> {
  const found = await appSql<Row>('tenancy.by_slug', 'SELECT * FROM door.tenant_by_slug($1)', [
    slug.toLowerCase(),
  ]);
  const [row] = found.rows;
  if (!row) return null;
  const { id, name, status } = row;
  return { tenantId: id, slug: row.slug, name, status, branding: storedBranding(row.branding) };
}

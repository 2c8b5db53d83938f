import { publicId } from '@/lib/kernel/ids';
import type { TenantDto, TenantStatus, TenantType } from './schemas';
import { dashboardUrl } from './tenant-urls';

export type TenantRow = {
  id: string;
  slug: string;
  name: string;
  status: string;
  type: string;
  createdAt: Date;
};

/** A tenant as the outside sees it. */
export function presentTenant(row: TenantRow): TenantDto {
  return {
    id: publicId('tenant', row.id),
    slug: row.slug,
    name: row.name,
    // The columns are written by this domain alone, from closed lists.
    status: row.status as TenantStatus,
    tenant_type: row.type as TenantType,
    dashboard_url: dashboardUrl(row.slug),
    created_at: row.createdAt.toISOString(),
  };
}

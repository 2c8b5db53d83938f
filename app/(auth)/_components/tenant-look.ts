import { assetPath, findPublicTenant } from '@/lib/domains/tenancy';
import type { BrandColours } from '@/lib/kernel/colour';

/** What anybody may see of a tenant: name, logo and colours of its sign-in page. */
export type TenantLook = {
  name: string;
  slug: string;
  logoUrl: string | null;
  logoDarkUrl: string | null;
  colours: BrandColours | null;
};

export async function tenantLook(slug: string | null): Promise<TenantLook | null> {
  const tenant = slug ? await findPublicTenant(slug) : null;
  if (!tenant) return null;
  const { tenantId, branding } = tenant;
  const { accent, sidebar } = branding;
  return {
    name: tenant.name,
    slug: tenant.slug,
    logoUrl: assetPath(tenantId, branding.logo_light),
    logoDarkUrl: assetPath(tenantId, branding.logo_dark),
    colours: accent ? { accent, ...(sidebar ? { sidebar } : {}) } : null,
  };
}

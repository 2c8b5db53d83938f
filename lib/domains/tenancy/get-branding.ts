import { withTenant } from '@/lib/infra/db';
import { contrastReport } from '@/lib/kernel/colour';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { readTenant } from './get-tenant';
import type { BrandingDto } from './schemas';
import { assetPath, type StoredBranding, storedBranding } from './stored-branding';

/** Stands in where a tenant chose a sidebar colour alone; its own findings are left out. */
const PRODUCT_ACCENT = '#2457d6';

/** Branding as the outside sees it, with what the contrast check says of the colours. */
export function presentBranding(tenantId: string, branding: StoredBranding): BrandingDto {
  const { accent, sidebar } = branding;
  const findings =
    accent || sidebar
      ? contrastReport({ accent: accent ?? PRODUCT_ACCENT, sidebar: sidebar ?? undefined })
      : [];
  const about = accent ? findings : findings.filter(({ id }) => id === 'sidebar_text');
  return {
    accent,
    sidebar,
    logo_light: assetPath(tenantId, branding.logo_light),
    logo_dark: assetPath(tenantId, branding.logo_dark),
    contrast: about.map((finding) => ({
      ...finding,
      ratio: Math.floor(finding.ratio * 100) / 100,
    })),
  };
}

/** The tenant’s look, and what the contrast check says of it. Throws `forbidden`, `not_found`. */
export async function getBranding(ctx: Ctx): Promise<BrandingDto> {
  authorise(ctx, 'tenant:read');
  const tenant = await withTenant(ctx, (tx) => readTenant(tx, ctx));
  return presentBranding(ctx.tenantId, storedBranding(tenant.branding));
}

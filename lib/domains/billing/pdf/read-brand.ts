import { findAsset, storedBranding } from '@/lib/domains/tenancy';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { readableOn } from '@/lib/kernel/colour';
import { publicId } from '@/lib/kernel/ids';
import type { PaperBrand } from './paper';

/** Where a tenant chose none. */
const ACCENT = '#2457d6';
const DARK_GROUND = '#17181c';

/**
 * A tenant's look on paper. A logo for light ground stands on white; where there is only one for dark ground, it gets
 * the tenant's own dark ground (that of its side bar) behind it.
 */
export async function readBrand(ctx: Ctx): Promise<PaperBrand> {
  const { tenantId } = ctx;
  const { name, branding } = await withTenant(ctx, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }),
  );
  const { accent, sidebar, logo_light, logo_dark } = storedBranding(branding);
  const chosen = logo_light ?? logo_dark;
  const logo = chosen ? await findAsset(publicId('tenant', tenantId), chosen) : null;
  const ground = logo && !logo_light ? (sidebar ?? DARK_GROUND) : null;
  return {
    name,
    accent: accent ?? ACCENT,
    ground,
    onGround: readableOn(ground ?? '#ffffff'),
    logo: logo && { contentType: logo.contentType, bytes: new Uint8Array(logo.bytes) },
  };
}

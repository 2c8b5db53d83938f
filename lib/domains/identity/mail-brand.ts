import { assetPath, dashboardUrl, rootUrl, storedBranding } from '@/lib/domains/tenancy';
import { withTenant } from '@/lib/infra/db';
import { deriveTheme, fromOklch, toHex } from '@/lib/kernel/colour';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import type { MailBrand } from './emails/layout';

/** The accent of `app/globals.css`; mail programs don't know OKLCH. */
const PRODUCT = { name: 'NeoZork', accent: toHex(fromOklch({ l: 0.485, c: 0.15, h: 256 })) };

function dressed(name: string, accent: string, homeUrl: string, logo: string | null): MailBrand {
  const theme = deriveTheme({ accent }, 'light');
  const { accent: fill, onAccent } = theme;
  const sender = name === PRODUCT.name ? name : `${name} via ${PRODUCT.name}`;
  return { name, sender, accent: fill, onAccent, logoUrl: logo && rootUrl(logo), homeUrl };
}

/** Mail programs show neither WebP (all of them) nor SVG (most). */
const SHOWN = ['image/png', 'image/jpeg'];

/**
 * The look of mails: a tenant's once it has set colours or a logo, which takes a proven address and a
 * plan; else the product's own, so that nobody sends mails in a name they just made up.
 */
export async function mailBrand(info: RequestInfo, tenantId: string | null): Promise<MailBrand> {
  const own = dressed(PRODUCT.name, PRODUCT.accent, rootUrl('/'), null);
  if (!tenantId) return own;
  const ctx: Ctx = { ...info, tenantId, actor: { kind: 'job', name: 'identity.send-mail' } };
  return withTenant(ctx, async (tx) => {
    const tenant = await tx.tenant.findUnique({ where: { id: tenantId } });
    if (!tenant) return own;
    const { accent, logo_light: id } = storedBranding(tenant.branding);
    if (!accent && !id) return own;
    const logo = id
      ? await tx.tenantAsset.findFirst({
          where: { tenantId, id, contentType: { in: SHOWN } },
          select: { id: true },
        })
      : null;
    const path = logo && assetPath(tenantId, logo.id);
    return dressed(tenant.name, accent ?? PRODUCT.accent, dashboardUrl(tenant.slug), path);
  });
}

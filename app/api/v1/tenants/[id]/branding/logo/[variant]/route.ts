import { brandingDto, logoParams, removeLogo, uploadLogo } from '@/lib/domains/tenancy';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'Tenants',
  access: 'tenant',
  tenantParam: 'id',
  params: logoParams,
  response: brandingDto,
} as const;

export const PUT = defineRoute(
  {
    ...shared,
    permission: 'tenant:write',
    summary: 'Upload the logo for light or dark pages (PNG, JPEG, WebP or SVG, at most 512 KB)',
    rawBody: true,
    accepts: ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml'],
    errors: [
      'logo_too_large',
      'unsupported_image',
      'image_size',
      'unsafe_svg',
      'feature_not_in_plan',
      'email_not_verified',
    ],
  },
  ({ ctx, params, request }) => uploadLogo(ctx, params.variant, bytesOf(request)),
);

export const DELETE = defineRoute(
  { ...shared, permission: 'tenant:write', summary: 'Remove a logo' },
  ({ ctx, params }) => removeLogo(ctx, params.variant),
);

async function* bytesOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel();
  }
}

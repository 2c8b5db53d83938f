import { z } from 'zod';
import { publicId } from '@/lib/kernel/ids';

const stored = z.object({
  accent: z.string().nullable().default(null),
  sidebar: z.string().nullable().default(null),
  logo_light: z.uuid().nullable().default(null),
  logo_dark: z.uuid().nullable().default(null),
});

/** Branding as the tenant's row keeps it: colours as `#rrggbb`, logos by the id of their file. */
export type StoredBranding = z.infer<typeof stored>;

/** Branding as its column holds it; what an older version left out is null. */
export function storedBranding(value: unknown): StoredBranding {
  return stored.parse(value ?? {});
}

/** Where a logo is served: without a cookie, by an id nobody can guess, so it can be kept for ever. */
export function assetPath(tenantId: string, assetId: string | null): string | null {
  return assetId && `/api/assets/${publicId('tenant', tenantId)}/${assetId}`;
}

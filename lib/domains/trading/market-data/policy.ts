import { authorise, type Ctx } from '@/lib/kernel/ctx';

/** The tenant that owns what the platform bundles for everybody; no person belongs to it. */
export const PLATFORM_TENANT = '00000000-0000-7000-8000-000000000000';

/** Symbols of bundled data. A tenant can't have an instrument of the same name. */
export const BUNDLED_SYMBOLS: readonly string[] = ['SPX'];

/** Looking at instruments and bars. Throws `forbidden`. */
export function mayRead(ctx: Ctx): void {
  authorise(ctx, 'market_data:read');
}

/** Making and changing instruments and bars. Throws `forbidden`. */
export function mayWrite(ctx: Ctx): void {
  authorise(ctx, 'market_data:write');
}

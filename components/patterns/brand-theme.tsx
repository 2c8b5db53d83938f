import { type BrandColours, brandCss, parseHex } from '@/lib/kernel/colour';

/**
 * Puts a tenant's colours on the page: replaces the `--brand-*` values, and everything follows in both
 * themes. Render it once in the tenant's layout; null, or a colour that isn't `#rrggbb`, leaves the product's own.
 */
export function BrandTheme({ colours }: { colours: BrandColours | null }) {
  if (!colours || !parseHex(colours.accent)) return null;
  const sidebar = colours.sidebar && parseHex(colours.sidebar) ? colours.sidebar : undefined;
  // brandCss writes variables and hex values only, so there is nothing to escape.
  return <style>{brandCss({ accent: colours.accent, sidebar })}</style>;
}

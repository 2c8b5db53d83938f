/**
 * Colours for branding: WCAG 2.2 contrast, and a theme derived from the one or two colours a tenant
 * chose. Pure and without I/O, so that the server (branding, e-mails, invoices) and the browser
 * (live preview) agree to the last digit.
 */
export { contrast, ensureContrast, readableOn } from './colour-contrast';
export { type ContrastFinding, contrastReport } from './colour-findings';
export { fromOklch, type Oklch, parseHex, type Rgb, toHex, toOklch } from './colour-space';
export {
  type BrandColours,
  brandCss,
  type DerivedTheme,
  deriveTheme,
  type ThemeMode,
} from './colour-theme';

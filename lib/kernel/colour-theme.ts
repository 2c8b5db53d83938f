/** A theme derived from the one or two colours a tenant chose. Seen from outside through `colour.ts`. */
import {
  contrast,
  ensureContrast,
  PART_CONTRAST,
  readableOn,
  rgbOf,
  TEXT_CONTRAST,
  WHITE,
} from './colour-contrast';
import { fromOklch, toHex, toOklch } from './colour-space';

export type ThemeMode = 'light' | 'dark';

/** What a tenant chooses: `#rrggbb` each. */
export interface BrandColours {
  accent: string;
  sidebar?: string | undefined;
}

/** Every value is `#rrggbb`. Names match the CSS variables of `app/globals.css` (`--brand-*`). */
export interface DerivedTheme {
  /** Fill of the primary button, 3:1 against the page. */
  accent: string;
  accentHover: string;
  /** Tinted background behind selected things. */
  accentSubtle: string;
  /** The accent as text: 4.5:1 on panel, canvas and on `accentSubtle`. */
  accentText: string;
  /** Text on `accent` and `accentHover`, 4.5:1. */
  onAccent: string;
  focus: string;
  sidebar: string | null;
  sidebarText: string | null;
  sidebarMuted: string | null;
  sidebarActive: string | null;
  sidebarLine: string | null;
}

/** Reference surfaces of the two themes (canvas, panel, raised of `app/globals.css`, as sRGB). */
export const SURFACES: Record<ThemeMode, { canvas: string; panel: string; raised: string }> = {
  light: { canvas: '#f9fafc', panel: '#ffffff', raised: '#f1f3f6' },
  dark: { canvas: '#0c1015', panel: '#13181e', raised: '#1e242b' },
};

/**
 * A full set of interface colours from a tenant's accent (and optional sidebar colour), with
 * contrast guarded: 4.5:1 for text, 3:1 for parts. Throws RangeError on anything but `#rrggbb`.
 */
export function deriveTheme(brand: BrandColours, mode: ThemeMode): DerivedTheme {
  const surfaces = SURFACES[mode];
  const pages = [surfaces.canvas, surfaces.panel, surfaces.raised];
  const accent = ensureContrast(brand.accent, pages, PART_CONTRAST);
  const onAccent = readableOn(accent);
  const own = toOklch(rgbOf(accent));
  // Away from the text's lightness, so that hovering never costs contrast.
  const hoverStep = onAccent === WHITE ? -0.05 : 0.05;
  const accentHover = toHex(fromOklch({ ...own, l: own.l + hoverStep }));
  const subtle =
    mode === 'light'
      ? { l: 0.955, c: Math.min(own.c, 0.03), h: own.h }
      : { l: 0.28, c: Math.min(own.c, 0.05), h: own.h };
  const accentSubtle = toHex(fromOklch(subtle));
  return {
    accent,
    accentHover: contrast(accentHover, onAccent) >= TEXT_CONTRAST ? accentHover : accent,
    accentSubtle,
    accentText: ensureContrast(brand.accent, [...pages, accentSubtle], TEXT_CONTRAST),
    onAccent,
    focus: ensureContrast(brand.accent, [...pages, accentSubtle], PART_CONTRAST),
    ...deriveSidebar(brand.sidebar, mode),
  };
}

type SidebarTheme = Pick<
  DerivedTheme,
  'sidebar' | 'sidebarText' | 'sidebarMuted' | 'sidebarActive' | 'sidebarLine'
>;

function deriveSidebar(sidebar: string | undefined, mode: ThemeMode): SidebarTheme {
  if (sidebar === undefined) {
    return {
      sidebar: null,
      sidebarText: null,
      sidebarMuted: null,
      sidebarActive: null,
      sidebarLine: null,
    };
  }
  const chosen = toOklch(rgbOf(sidebar));
  // A light rail would glare beside a dark page: the hue stays, the lightness is capped.
  const base = mode === 'dark' ? { ...chosen, l: Math.min(chosen.l, 0.3) } : chosen;
  const fill = mode === 'dark' ? toHex(fromOklch(base)) : sidebar.toLowerCase();
  const text = readableOn(fill);
  const shade = (delta: number) => toHex(fromOklch({ ...base, l: base.l + delta }));
  // Towards the middle at the ends of the scale, away from the text in the middle of it.
  const step = (text === WHITE) === base.l < 0.4 ? 0.06 : -0.06;
  const active = contrast(shade(step), text) >= TEXT_CONTRAST ? shade(step) : shade(-step);
  const grey = toHex(
    fromOklch({ l: text === WHITE ? 0.8 : 0.4, c: Math.min(base.c, 0.03), h: base.h }),
  );
  const readable = [fill, active].every((b) => contrast(grey, b) >= TEXT_CONTRAST);
  return {
    sidebar: fill,
    sidebarText: text,
    sidebarMuted: readable ? grey : text,
    sidebarActive: active,
    sidebarLine: shade(step * 1.6),
  };
}

/** CSS that turns the product into the tenant's: `--brand-*` variables for both themes. Safe to inline. */
export function brandCss(brand: BrandColours): string {
  return `:root{${variables(deriveTheme(brand, 'light'))}}.dark{${variables(deriveTheme(brand, 'dark'))}}`;
}

function variables(theme: DerivedTheme): string {
  return Object.entries(theme)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        `--brand-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}:${value};`,
    )
    .join('');
}

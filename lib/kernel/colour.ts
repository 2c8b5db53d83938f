/**
 * Colours for branding: WCAG 2.2 contrast, and a theme derived from the one or two colours a tenant
 * chose. Pure and without I/O, so that the server (branding, e-mails, invoices) and the browser
 * (live preview) agree to the last digit.
 */
import { decode, fromOklch, type Oklch, parseHex, type Rgb, toHex, toOklch } from './colour-space';

export { fromOklch, type Oklch, parseHex, type Rgb, toHex, toOklch };

export type ThemeMode = 'light' | 'dark';

/** What a tenant chooses: `#rrggbb` each. */
export interface BrandColours {
  accent: string;
  sidebar?: string | undefined;
}

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for parts of the interface. */
export const TEXT_CONTRAST = 4.5;
export const PART_CONTRAST = 3;

const WHITE = '#ffffff';
const INK = '#10151c';

function luminance(rgb: Rgb): number {
  return 0.2126 * decode(rgb.r) + 0.7152 * decode(rgb.g) + 0.0722 * decode(rgb.b);
}

function rgbOf(hex: string): Rgb {
  const rgb = parseHex(hex);
  if (!rgb) throw new RangeError(`not a #rrggbb colour: ${hex.slice(0, 32)}`);
  return rgb;
}

/** WCAG contrast ratio of two `#rrggbb` colours, 1…21. Throws RangeError on other text. */
export function contrast(a: string, b: string): number {
  const x = luminance(rgbOf(a));
  const y = luminance(rgbOf(b));
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** White or near-black, whichever reads better on the colour. Always ≥ 4.5:1 for one of them. */
export function readableOn(background: string): string {
  if (contrast(background, WHITE) >= TEXT_CONTRAST) return WHITE;
  return contrast(background, INK) >= TEXT_CONTRAST ? INK : '#000000';
}

/**
 * Moves a colour's lightness, hue kept, until it reaches `ratio` against every background.
 * Darker on light backgrounds, lighter on dark ones; returned unchanged when it passes already.
 */
export function ensureContrast(hex: string, backgrounds: string[], ratio: number): string {
  const passes = (c: string) => backgrounds.every((b) => contrast(c, b) >= ratio);
  if (passes(hex)) return hex.toLowerCase();
  const start = toOklch(rgbOf(hex));
  const mean = backgrounds.reduce((sum, b) => sum + luminance(rgbOf(b)), 0) / backgrounds.length;
  const step = mean > 0.18 ? -0.01 : 0.01;
  for (let l = start.l + step; l > 0 && l < 1; l += step) {
    const candidate = toHex(fromOklch({ ...start, l }));
    if (passes(candidate)) return candidate;
  }
  return step < 0 ? '#000000' : WHITE;
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
const SURFACES: Record<ThemeMode, { canvas: string; panel: string; raised: string }> = {
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

/** One check of a tenant's colours, in words a person who is no designer understands. */
export interface ContrastFinding {
  id: 'accent_text' | 'accent_part' | 'accent_dark' | 'sidebar_text';
  label: string;
  /** As chosen, before any correction. */
  ratio: number;
  required: number;
  pass: boolean;
  message: string;
}

const short = (ratio: number) => `${(Math.floor(ratio * 10) / 10).toFixed(1)}:1`;

/**
 * What is right and wrong with the colours as chosen, and what the product does about it.
 * A failing finding never forbids saving: the derived theme corrects it. Throws RangeError on bad hex.
 */
export function contrastReport(brand: BrandColours): ContrastFinding[] {
  const light = deriveTheme(brand, 'light');
  const dark = deriveTheme(brand, 'dark');
  const findings = [
    whiteTextFinding(brand.accent, light.onAccent),
    partFinding('accent_part', 'light', brand.accent, light.accent),
    partFinding('accent_dark', 'dark', brand.accent, dark.accent),
  ];
  if (brand.sidebar !== undefined) findings.push(sidebarFinding(brand.sidebar));
  return findings;
}

function whiteTextFinding(accent: string, onAccent: string): ContrastFinding {
  const ratio = contrast(accent, WHITE);
  const pass = ratio >= TEXT_CONTRAST;
  const fixed =
    onAccent === WHITE ? 'Buttons use a darker shade.' : 'Buttons carry dark text instead.';
  return {
    id: 'accent_text',
    label: 'White text on the accent',
    ratio,
    required: TEXT_CONTRAST,
    pass,
    message: pass
      ? `White text on your accent reads well (${short(ratio)}).`
      : `White text on your accent is hard to read (${short(ratio)}, text needs 4.5:1). ${fixed}`,
  };
}

function partFinding(
  id: 'accent_part' | 'accent_dark',
  mode: ThemeMode,
  chosen: string,
  used: string,
): ContrastFinding {
  const { canvas, panel, raised } = SURFACES[mode];
  const ratio = Math.min(...[canvas, panel, raised].map((s) => contrast(chosen, s)));
  const pass = ratio >= PART_CONTRAST;
  const direction = mode === 'light' ? 'darker' : 'lighter';
  return {
    id,
    label: `The accent on the ${mode} theme`,
    ratio,
    required: PART_CONTRAST,
    pass,
    message: pass
      ? `Your accent stands out on the ${mode} theme (${short(ratio)}).`
      : `Your accent is too close to the ${mode} background (${short(ratio)}, parts need 3:1). We use the ${direction} ${used} there.`,
  };
}

function sidebarFinding(sidebar: string): ContrastFinding {
  const text = readableOn(sidebar);
  const ratio = contrast(sidebar, text);
  return {
    id: 'sidebar_text',
    label: 'Text on the sidebar',
    ratio,
    required: TEXT_CONTRAST,
    pass: ratio >= TEXT_CONTRAST,
    message: `The sidebar carries ${text === WHITE ? 'white' : 'dark'} text, which reads well (${short(ratio)}).`,
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

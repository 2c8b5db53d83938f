/** Contrast of colours by WCAG 2.2, and what repairs it. Seen from outside through `colour.ts`. */
import { decode, fromOklch, parseHex, type Rgb, toHex, toOklch } from './colour-space';

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for parts of the interface. */
export const TEXT_CONTRAST = 4.5;
export const PART_CONTRAST = 3;

export const WHITE = '#ffffff';
const INK = '#10151c';

function luminance(rgb: Rgb): number {
  return 0.2126 * decode(rgb.r) + 0.7152 * decode(rgb.g) + 0.0722 * decode(rgb.b);
}

/** Channels of `#rrggbb`. Throws RangeError on other text. */
export function rgbOf(hex: string): Rgb {
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

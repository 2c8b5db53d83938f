/** Colour arithmetic: sRGB hex ↔ OKLCH (Björn Ottosson, 2020). Seen from outside through `colour.ts`. */

/** Channels 0…1, gamma-encoded sRGB. */
export interface Rgb {
  r: number;
  g: number;
  b: number;
}

/** Lightness 0…1, chroma 0…≈0.37, hue in degrees 0…360. */
export interface Oklch {
  l: number;
  c: number;
  h: number;
}

/** `#rrggbb` (any case) → channels, or null when the text is anything else. */
export function parseHex(text: string): Rgb | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (!match) return null;
  const [r, g, b] = match.slice(1).map((pair) => Number.parseInt(pair, 16) / 255);
  return { r: r as number, g: g as number, b: b as number };
}

/** Channels → `#rrggbb`; values outside 0…1 are clipped. */
export function toHex({ r, g, b }: Rgb): string {
  const pair = (v: number) =>
    Math.round(Math.min(1, Math.max(0, v)) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${pair(r)}${pair(g)}${pair(b)}`;
}

/** Gamma-encoded channel → linear light. */
export function decode(v: number): number {
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function encode(v: number): number {
  return v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055;
}

/** sRGB → OKLCH (Björn Ottosson's OKLab, 2020). */
export function toOklch(rgb: Rgb): Oklch {
  const r = decode(rgb.r);
  const g = decode(rgb.g);
  const b = decode(rgb.b);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const hue = (Math.atan2(bb, a) * 180) / Math.PI;
  return { l: lightness, c: Math.hypot(a, bb), h: hue < 0 ? hue + 360 : hue };
}

function linearFromOklch({ l, c, h }: Oklch): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return {
    r: 4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    g: -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    b: -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  };
}

/** OKLCH → sRGB; chroma is reduced until the colour fits the sRGB gamut, hue and lightness kept. */
export function fromOklch(colour: Oklch): Rgb {
  const l = Math.min(1, Math.max(0, colour.l));
  const fits = (c: number) => {
    const { r, g, b } = linearFromOklch({ l, c, h: colour.h });
    return Math.min(r, g, b) >= -1e-4 && Math.max(r, g, b) <= 1 + 1e-4;
  };
  let low = 0;
  let high = Math.max(0, colour.c);
  if (!fits(high)) {
    for (let i = 0; i < 20; i += 1) {
      const middle = (low + high) / 2;
      if (fits(middle)) low = middle;
      else high = middle;
    }
    high = low;
  }
  const linear = linearFromOklch({ l, c: high, h: colour.h });
  return { r: encode(linear.r), g: encode(linear.g), b: encode(linear.b) };
}

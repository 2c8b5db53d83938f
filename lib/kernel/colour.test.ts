import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brandCss,
  contrast,
  contrastReport,
  deriveTheme,
  ensureContrast,
  fromOklch,
  parseHex,
  readableOn,
  toHex,
  toOklch,
} from './colour';

const hex = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map((v) => `#${v.map((n) => n.toString(16).padStart(2, '0')).join('')}`);

const mode = fc.constantFrom('light' as const, 'dark' as const);

describe('parseHex', () => {
  it('reads six digits of either case', () => {
    expect(parseHex('#FF8000')).toEqual({ r: 1, g: 128 / 255, b: 0 });
  });
  it.each(['', '#fff', 'ff8000', '#ff80000', '#ggg000', 'red', '#ff8000;}'])(
    'refuses %j',
    (text) => {
      expect(parseHex(text)).toBeNull();
    },
  );
});

describe('OKLCH', () => {
  it('matches the published values of the primaries', () => {
    const red = toOklch({ r: 1, g: 0, b: 0 });
    expect(red.l).toBeCloseTo(0.628, 3);
    expect(red.c).toBeCloseTo(0.2577, 3);
    expect(red.h).toBeCloseTo(29.23, 1);
    expect(toOklch({ r: 1, g: 1, b: 1 }).l).toBeCloseTo(1, 4);
  });
  it('comes back to the same eight-bit colour', () => {
    fc.assert(
      fc.property(hex, (colour) => {
        const rgb = parseHex(colour);
        expect(rgb && toHex(fromOklch(toOklch(rgb)))).toBe(colour);
      }),
    );
  });
  it('keeps hue and lightness when it has to give up chroma', () => {
    const fitted = toOklch(fromOklch({ l: 0.6, c: 0.4, h: 200 }));
    expect(fitted.c).toBeLessThan(0.2);
    expect(fitted.l).toBeCloseTo(0.6, 2);
    expect(Math.abs(fitted.h - 200)).toBeLessThan(2);
  });
});

describe('contrast', () => {
  it('is 21 for black on white and 1 for a colour on itself', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#336699', '#336699')).toBe(1);
  });
  it('agrees with the WCAG reference pair #767676 on white (4.54)', () => {
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
  it('names the text it could not read', () => {
    expect(() => contrast('blue', '#ffffff')).toThrow(/not a #rrggbb colour: blue/);
  });
  it('always finds a readable text colour', () => {
    fc.assert(
      fc.property(hex, (c) => {
        expect(contrast(readableOn(c), c)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});

describe('ensureContrast', () => {
  it('leaves a colour that passes alone', () => {
    expect(ensureContrast('#0B57D0', ['#ffffff'], 4.5)).toBe('#0b57d0');
  });
  it('darkens a pale colour on white and keeps its hue', () => {
    const fixed = ensureContrast('#ffe14d', ['#ffffff'], 3);
    expect(contrast(fixed, '#ffffff')).toBeGreaterThanOrEqual(3);
    const before = toOklch(parseHex('#ffe14d') ?? { r: 0, g: 0, b: 0 });
    const after = toOklch(parseHex(fixed) ?? { r: 0, g: 0, b: 0 });
    expect(Math.abs(before.h - after.h)).toBeLessThan(3);
  });
});

describe('deriveTheme', () => {
  it('guards every pair for any two colours in both themes', () => {
    fc.assert(
      fc.property(hex, hex, mode, (accent, sidebar, m) => {
        const theme = deriveTheme({ accent, sidebar }, m);
        const panel = m === 'light' ? '#ffffff' : '#13181e';
        expect(contrast(theme.onAccent, theme.accent)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(theme.onAccent, theme.accentHover)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(theme.accent, panel)).toBeGreaterThanOrEqual(3);
        expect(contrast(theme.accentText, panel)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(theme.accentText, theme.accentSubtle)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(theme.focus, panel)).toBeGreaterThanOrEqual(3);
        for (const background of [theme.sidebar, theme.sidebarActive]) {
          expect(contrast(theme.sidebarText ?? '', background ?? '')).toBeGreaterThanOrEqual(4.5);
          expect(contrast(theme.sidebarMuted ?? '', background ?? '')).toBeGreaterThanOrEqual(4.5);
        }
      }),
      { numRuns: 300 },
    );
  });
  it('says nothing about the sidebar when none is chosen', () => {
    expect(deriveTheme({ accent: '#0b57d0' }, 'light').sidebar).toBeNull();
  });
  it('tones a white sidebar down in the dark theme', () => {
    const { sidebar } = deriveTheme({ accent: '#0b57d0', sidebar: '#ffffff' }, 'dark');
    expect(contrast(sidebar ?? '', '#ffffff')).toBeGreaterThan(9);
  });
  it('refuses what is not a colour', () => {
    expect(() => deriveTheme({ accent: 'url(x)' }, 'light')).toThrow(RangeError);
  });
});

describe('contrastReport', () => {
  it('explains a pale accent and its correction', () => {
    const report = contrastReport({ accent: '#ffe14d' });
    expect(report.map((f) => [f.id, f.pass])).toEqual([
      ['accent_text', false],
      ['accent_part', false],
      ['accent_dark', true],
    ]);
    expect(report[1]?.message).toMatch(/too close to the light background \(1\.\d:1.*darker #/);
  });
  it('passes a good accent and covers the sidebar', () => {
    const report = contrastReport({ accent: '#3a72d8', sidebar: '#101828' });
    expect(report.every((f) => f.pass)).toBe(true);
    expect(report.at(-1)?.message).toContain('white text');
  });
});

describe('brandCss', () => {
  it('holds nothing but variables and hex values', () => {
    const css = brandCss({ accent: '#7A1FA2', sidebar: '#101828' });
    expect(css).toMatch(
      /^:root\{(--brand-[a-z-]+:#[0-9a-f]{6};)+\}\.dark\{(--brand-[a-z-]+:#[0-9a-f]{6};)+\}$/,
    );
    expect(css).toContain('--brand-on-accent:');
    expect(css).toContain('--brand-sidebar-text:');
  });
});

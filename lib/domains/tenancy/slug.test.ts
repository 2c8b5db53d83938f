import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReserved, skeleton, slugFault, slugFromName, withSuffix } from './slug';

describe('slugFault', () => {
  it.each(['acme', 'a1b', 'my-trading-company', 'x'.repeat(40)])('accepts %s', (slug) => {
    expect(slugFault(slug)).toBeNull();
  });

  it.each([
    ['ab', 'too_small'],
    ['x'.repeat(41), 'too_big'],
    ['Acme', 'slug_characters'],
    ['ac me', 'slug_characters'],
    ['ac.me', 'slug_characters'],
    ['-acme', 'slug_hyphens'],
    ['acme-', 'slug_hyphens'],
    ['xn--acme', 'slug_hyphens'],
    // Cyrillic а, с and е look like a, c and e.
    ['\u0430\u0441me', 'slug_not_ascii'],
    ['acm\u00e9', 'slug_not_ascii'],
    ['acme\u200b', 'slug_not_ascii'],
  ])('refuses %s as %s', (slug, code) => {
    expect(slugFault(slug)?.code).toBe(code);
  });
});

describe('skeleton', () => {
  it.each([
    ['acme', 'acrne'],
    ['acme', 'ac-me'],
    ['goog1e', 'google'],
    ['g00gle', 'google'],
    ['vvave', 'wave'],
    ['clean', 'dean'],
    ['paypal', 'paypai'],
  ])('takes %s for %s', (a, b) => {
    expect(skeleton(a)).toBe(skeleton(b));
  });

  it('tells plainly different slugs apart', () => {
    expect(skeleton('acme')).not.toBe(skeleton('apex'));
    expect(skeleton('acme-2')).not.toBe(skeleton('acme-3'));
  });
});

describe('isReserved', () => {
  it.each(['www', 'api', 'admin', 'adm1n', 'adrnin', 'bi11ing', 'sign-in', 'supp0rt', 'neoz0rk'])(
    'keeps %s',
    (slug) => {
      expect(isReserved(slug)).toBe(true);
    },
  );

  it('leaves ordinary names alone', () => {
    expect(isReserved('acme')).toBe(false);
    expect(isReserved('north-capital')).toBe(false);
  });
});

describe('slugFromName', () => {
  it.each([
    ['My Trading Company', 'my-trading-company'],
    ['Ünal & Söhne GmbH', 'unal-sohne-gmbh'],
    ["O'Brien Capital", 'obrien-capital'],
    ['Straße 7', 'strasse-7'],
    ['株式会社', 'team'],
    ['X', 'x-team'],
  ])('%s → %s', (name, slug) => {
    expect(slugFromName(name)).toBe(slug);
  });

  it('always gives a well-formed slug, with a suffix too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
        const slug = slugFromName(name);
        expect(slugFault(slug)).toBeNull();
        expect(slugFault(withSuffix(slug, '27'))).toBeNull();
      }),
    );
  });
});

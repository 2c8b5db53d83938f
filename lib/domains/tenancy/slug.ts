import { reservedSlugs } from './reserved-slugs';

export const SLUG_MIN = 3;
export const SLUG_MAX = 40;

export type SlugFault = { code: string; message: string };

/** What a reader confuses, digits before letters: `c1ean` reads as `clean`, and that as `dean`. */
const lookAlikes: [RegExp, string][] = [
  [/-/g, ''],
  [/0/g, 'o'],
  [/1/g, 'l'],
  [/5/g, 's'],
  [/8/g, 'b'],
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/i/g, 'l'],
];

/**
 * What a slug looks like at a glance: two slugs with the same skeleton could be taken for each other.
 * `acrne`, `ac-me` and `acme` have one. Never shown; unique among tenants.
 */
export function skeleton(slug: string): string {
  return lookAlikes.reduce((text, [from, to]) => text.replace(from, to), slug.toLowerCase());
}

const reserved = new Set(reservedSlugs.map(skeleton));

/** What is wrong with a slug whose place nobody has taken yet; null when nothing is. */
export function slugFault(slug: string): SlugFault | null {
  if (/[^ -~]/.test(slug)) {
    return {
      code: 'slug_not_ascii',
      message:
        'Use plain letters a to z: letters of other alphabets can look like them and mislead people.',
    };
  }
  if (slug.length < SLUG_MIN || slug.length > SLUG_MAX) {
    return {
      code: slug.length < SLUG_MIN ? 'too_small' : 'too_big',
      message: `An address has ${SLUG_MIN} to ${SLUG_MAX} characters; this one has ${slug.length}.`,
    };
  }
  if (!/^[a-z0-9-]+$/.test(slug)) {
    return {
      code: 'slug_characters',
      message: 'An address has only lower-case letters, digits and hyphens.',
    };
  }
  if (/^-|-$|--/.test(slug)) {
    return {
      code: 'slug_hyphens',
      message: 'Hyphens stand one at a time between letters or digits, not at the ends.',
    };
  }
  return null;
}

/** Whether a well-formed slug is one of ours, or looks like one. */
export function isReserved(slug: string): boolean {
  return reserved.has(skeleton(slug));
}

/** The slug that a name suggests: `Ünal & Söhne GmbH` → `unal-sohne-gmbh`. May still be taken. */
export function slugFromName(name: string): string {
  const plain = name
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-');
  const slug = trimHyphens(trimHyphens(plain).slice(0, SLUG_MAX));
  if (slug.length >= SLUG_MIN) return slug;
  return slug === '' ? 'team' : `${slug}-team`;
}

const trimHyphens = (text: string) => text.replace(/^-+|-+$/g, '');

/** `base-suffix`, with the base shortened so that it fits. */
export function withSuffix(base: string, suffix: string): string {
  return `${trimHyphens(base.slice(0, SLUG_MAX - suffix.length - 1))}-${suffix}`;
}

import { appSql } from '@/lib/infra/db';
import { randomToken } from '@/lib/infra/crypto';
import { isReserved, skeleton, slugFault, slugFromName, withSuffix } from './slug';

export type SlugVerdict =
  | { state: 'free' }
  | { state: 'invalid'; code: string; message: string }
  | { state: 'taken'; message: string; suggestions: string[] };

const SUGGESTIONS = 3;

/** Endings tried in this order, then random ones; no 0 or 1, which look like letters. */
const endings = ['2', '3', '4', '6', '7', 'hq', 'trading', 'capital', '22', '33', '44'];

function randomEnding(): string {
  return randomToken(6)
    .toLowerCase()
    .replace(/[^a-z2-9]/g, '')
    .slice(0, 5)
    .padEnd(3, '7');
}

/** Those of the candidates that nobody has, in their order; two look-alikes don't both appear. */
async function freeAmong(candidates: string[]): Promise<string[]> {
  const sound = candidates.filter((slug) => slugFault(slug) === null && !isReserved(slug));
  const taken = await appSql<{ slug: string; skeleton: string }>(
    'tenancy.taken_slugs',
    'SELECT * FROM door.taken_slugs($1, $2)',
    [sound, sound.map(skeleton)],
  );
  const seen = new Set(taken.rows.map((row) => row.skeleton));
  return sound.filter((slug) => {
    const key = skeleton(slug);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * A free slug for a name: the plain one, or with an ending. When others want the same one in this moment
 * (`contested`) the ending is random, so that they don't meet again.
 */
export async function deriveSlug(name: string, contested = false): Promise<string> {
  const base = slugFromName(name);
  const plain = [base, ...endings.slice(0, 5).map((ending) => withSuffix(base, ending))];
  const random = [1, 2, 3].map(() => withSuffix(base, randomEnding()));
  const [free] = await freeAmong(contested ? random : [...plain, ...random]);
  if (!free) throw new Error('no free slug among random ones');
  return free;
}

/** Up to three free slugs near the wanted one. */
async function suggestSlugs(wanted: string): Promise<string[]> {
  const base = slugFromName(wanted);
  const all = [...endings, randomEnding()].map((ending) => withSuffix(base, ending));
  return (await freeAmong(all)).slice(0, SUGGESTIONS);
}

/** Whether a slug can be had: for the sign-up form while typing, and again when signing up. */
export async function checkSlug(slug: string): Promise<SlugVerdict> {
  const fault = slugFault(slug);
  if (fault) return { state: 'invalid', ...fault };
  if (isReserved(slug)) {
    const suggestions = await suggestSlugs(slug);
    return { state: 'taken', message: `The address ${slug} is reserved.`, suggestions };
  }
  const [free] = await freeAmong([slug]);
  if (free) return { state: 'free' };
  return {
    state: 'taken',
    message: `The address ${slug} is taken, or looks like one that is.`,
    suggestions: await suggestSlugs(slug),
  };
}

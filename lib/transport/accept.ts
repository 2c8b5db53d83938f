import { DomainError } from '@/lib/kernel/errors';

type Range = { type: string; q: number };

/**
 * The one of the `offered` media types that a caller wants most, by the weights of `Accept`; of equal
 * ones the one named first there, then the one offered first. Throws `not_acceptable` when none will do.
 */
export function negotiate<T extends string>(accept: string | null, offered: readonly T[]): T {
  const ranges = rangesOf(accept);
  const ranked = offered
    .map((type, order) => ({ type, order, ...weightOf(type, ranges) }))
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q || a.named - b.named || a.order - b.order);
  const [best] = ranked;
  if (best) return best.type;
  throw new DomainError(
    'not_acceptable',
    'not_acceptable',
    `This comes as ${offered.join(', ')}. Name one of these in the header Accept.`,
  );
}

function rangesOf(accept: string | null): Range[] {
  const ranges = (accept ?? '').split(',').flatMap((part): Range[] => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    if (type === '') return [];
    const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.split('=')[1];
    const q = weight === undefined ? 1 : Number(weight);
    // A weight that can't be read says nothing.
    return [{ type, q: q >= 0 && q <= 1 ? q : 1 }];
  });
  return ranges.length > 0 ? ranges : [{ type: '*/*', q: 1 }];
}

/** By the most specific range that covers the type; `named` is its place among the ranges. */
function weightOf(type: string, ranges: Range[]): { q: number; named: number } {
  for (const cover of [type, `${type.split('/')[0]}/*`, '*/*']) {
    const named = ranges.findIndex((range) => range.type === cover);
    if (named >= 0) return { q: ranges[named]?.q ?? 0, named };
  }
  return { q: 0, named: ranges.length };
}

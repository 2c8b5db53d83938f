import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkInput } from './input';

function messageOf(schema: z.ZodType, value: unknown): string {
  const checked = checkInput(z.strictObject({ it: schema }), { it: value });
  if (checked.ok) throw new Error('taken');
  return checked.errors.map(({ code, message }) => `${code} ${message}`).join(' | ');
}

const either = z.union([z.string().max(3), z.number(), z.boolean()]);
const shapes = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('a') }),
  z.strictObject({ kind: z.literal('b') }),
]);

describe('every fault of form is told in the product’s words', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.string(), undefined, 'required This field is required.'],
    [z.enum(['a']), undefined, 'required This field is required.'],
    [either, undefined, 'required This field is required.'],
    [z.string(), 1, 'invalid_type Expected text, not a number.'],
    [z.string(), null, 'invalid_type Expected text, not null.'],
    [z.number(), 'x', 'invalid_type Expected a number, not text.'],
    [z.number(), Number.POSITIVE_INFINITY, 'invalid_type A number has to be finite.'],
    [z.coerce.number(), 'many', 'invalid_type Expected a number.'],
    [z.int(), 1.5, 'invalid_type Expected a whole number.'],
    [z.int(), true, 'invalid_type Expected a number, not true or false.'],
    [z.boolean(), 'yes', 'invalid_type Expected true or false, not text.'],
    [z.array(z.string()), {}, 'invalid_type Expected a list, not an object.'],
    [z.strictObject({}), [], 'invalid_type Expected an object, not a list.'],
    [z.record(z.string(), z.string()), 'x', 'invalid_type Expected an object, not text.'],
    [z.enum(['a', 'b']), 'c', 'invalid_value Use one of "a", "b".'],
    [z.literal(true), false, 'invalid_value Expected true.'],
    [z.string().min(1), '', 'too_small This must not be empty.'],
    [z.string().min(2), 'x', 'too_small Use at least 2 characters.'],
    [z.string().max(2), 'xxx', 'too_big Use at most 2 characters.'],
    [z.string().length(1), '', 'too_small Use exactly 1 character.'],
    [z.array(z.number()).min(1), [], 'too_small This must not be empty.'],
    [z.array(z.number()).max(1), [1, 2], 'too_big Use at most 1 item.'],
    [z.number().min(2), 1, 'too_small Use 2 or more.'],
    [z.number().positive(), 0, 'too_small Use more than 0.'],
    [z.number().max(2), 3, 'too_big Use 2 or less.'],
    [z.number().lt(2), 2, 'too_big Use less than 2.'],
    [z.date().min(new Date('2026-01-02')), new Date(0), 'too_small Use a date from 2026-01-02 on.'],
    [z.date().max(new Date(0)), new Date('2026-01-02'), 'too_big Use a date up to 1970-01-01.'],
    [
      z.email(),
      'x',
      'invalid_format This is not an e-mail address. Write one such as name@example.com.',
    ],
    [
      z.url(),
      'x',
      'invalid_format This is not a web address. Write one such as https://example.com.',
    ],
    [z.uuid(), 'x', 'invalid_format This is not a UUID.'],
    [
      z.iso.datetime(),
      'x',
      'invalid_format This is not a time. Use ISO 8601 with a zone, such as 2026-01-31T09:30:00Z.',
    ],
    [
      z.iso.date(),
      'x',
      'invalid_format This is not a date. Use year, month and day, such as 2026-01-31.',
    ],
    [
      z.string().regex(/^a/),
      'x',
      'invalid_format This doesn’t have the form that is expected here.',
    ],
    [z.string().regex(/^a/, 'An a comes first.'), 'x', 'invalid_format An a comes first.'],
    [z.number().multipleOf(5), 7, 'not_multiple_of Use a multiple of 5.'],
    [z.strictObject({}), { x: 1 }, 'unknown_field There is no field named x.'],
    [either, 'long text', 'too_big Use at most 3 characters.'],
    [either, [], 'invalid_union Expected text or a number or true or false.'],
    [
      z.union([z.iso.datetime(), z.iso.date()]),
      'x',
      'invalid_union This is not a time. Use ISO 8601 with a zone, such as 2026-01-31T09:30:00Z.',
    ],
    [
      z.union([z.strictObject({ rate: z.number() }), z.strictObject({ fixed: z.number() })]),
      {},
      'invalid_union This has none of the forms that are accepted here.',
    ],
    [shapes, { kind: 'c' }, 'invalid_union Use one of "a", "b".'],
    [z.record(z.string().max(1), z.string()), { xx: '' }, 'invalid_key Use at most 1 character.'],
    [z.string().refine(() => false), 'x', 'invalid This value is not allowed here.'],
    [z.string().refine(() => false, 'Not this one.'), 'x', 'invalid Not this one.'],
    [
      z.string().refine(() => false, { error: 'Taken.', params: { code: 'taken' } }),
      'x',
      'taken Taken.',
    ],
  ])('case %#', (schema, value, expected) => {
    expect(messageOf(schema, value)).toBe(expected);
  });

  it('names at most twenty choices', () => {
    const words = Array.from({ length: 30 }, (_, i) => `w${i}`) as [string, ...string[]];
    expect(messageOf(z.enum(words), 'x')).toMatch(/"w19" and so on\.$/);
  });
});

it('gives the path of each fault', () => {
  const schema = z.strictObject({ rows: z.array(z.strictObject({ at: z.string() })) });
  const checked = checkInput(schema, { rows: [{ at: '' }, { at: 1, to: 2 }], more: 1 });
  expect(checked.ok ? [] : checked.errors.map(({ path }) => path)).toEqual([
    'rows[1].at',
    'rows[1].to',
    'more',
  ]);
});

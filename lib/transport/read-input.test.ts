import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isDomainError } from '@/lib/kernel/errors';
import { parseInput } from './read-input';

function faultsOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (isDomainError(error)) return error.errors.map(({ path, code }) => ({ path, code }));
    throw error;
  }
  return [];
}

describe('parseInput', () => {
  const anything = z.unknown();

  it.each([
    [{ name: 'a\0b' }, 'name'],
    [{ rows: [{ note: 'fine' }, { note: 'half \ud83d' }] }, 'rows[1].note'],
    [{ half: '\udc00' }, 'half'],
    [{ tags: { 'a\0': 1 } }, 'tags'],
    ['\0', ''],
  ])('refuses text that no database keeps, with its path (%#)', (value, path) => {
    expect(faultsOf(() => parseInput(anything, value))).toEqual([
      { path, code: 'invalid_characters' },
    ]);
  });

  it('knows no field __proto__, wherever it stands', () => {
    const value: unknown = JSON.parse('{"params": [{"__proto__": {"default": 1}}]}');
    expect(faultsOf(() => parseInput(anything, value))).toEqual([
      { path: 'params[0].__proto__', code: 'unknown_field' },
    ]);
  });

  it('takes every other text as it is', () => {
    const value = { name: '株式会社 😀\n\t', list: ['', null, 1.5, true] };
    expect(parseInput(anything, value)).toEqual(value);
  });

  it('leaves rows to a verb that judges them', () => {
    expect(parseInput(anything, ['\0'], true)).toEqual(['\0']);
  });

  it('reads values nested as deep as a body can be', () => {
    let deep: unknown = 'bottom\0';
    for (let i = 0; i < 150_000; i += 1) deep = [deep];
    expect(faultsOf(() => parseInput(anything, deep))).toMatchObject([
      { code: 'invalid_characters' },
    ]);
  });

  it('calls a missing choice missing', () => {
    const schema = z.strictObject({ plan: z.enum(['a', 'b']), name: z.string() });
    expect(faultsOf(() => parseInput(schema, {}))).toEqual([
      { path: 'plan', code: 'required' },
      { path: 'name', code: 'required' },
    ]);
    expect(faultsOf(() => parseInput(schema, { plan: 'c', name: '' }))).toEqual([
      { path: 'plan', code: 'invalid_value' },
    ]);
  });
});

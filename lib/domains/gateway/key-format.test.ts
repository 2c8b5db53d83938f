import { expect, it } from 'vitest';
import { isApiKeySecret, newApiKeySecret, shownPrefix } from './key-format';

it('makes keys that pass their own check and never twice the same', () => {
  const keys = Array.from({ length: 2_000 }, newApiKeySecret);
  expect(keys.every(isApiKeySecret)).toBe(true);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(keys.map((key) => key.length))).toEqual(new Set([47]));
});

it('refuses a key with any one digit changed, swapped, missing or added', () => {
  const key = newApiKeySecret();
  for (let i = 'nz_live_'.length; i < key.length; i++) {
    const other = key[i] === 'A' ? 'B' : 'A';
    expect(isApiKeySecret(key.slice(0, i) + other + key.slice(i + 1))).toBe(false);
  }
  expect(isApiKeySecret(key.slice(0, -1))).toBe(false);
  expect(isApiKeySecret(`${key}0`)).toBe(false);
  expect(isApiKeySecret(`nz_at_${key.slice(8)}`)).toBe(false);
  expect(isApiKeySecret('')).toBe(false);
});

it('shows no more than four of the random digits', () => {
  const key = newApiKeySecret();
  expect(shownPrefix(key)).toBe(key.slice(0, 12));
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './hash-result';
import { createSha256 } from './sha256';

describe('SHA-256', () => {
  it('gives the digests of the standard', () => {
    const of = (text: string) => createSha256().update(new TextEncoder().encode(text)).hex();
    expect(of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('agrees with another implementation, however the bytes are cut', () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 });
    fc.assert(
      fc.property(parts, (chunks) => {
        const own = createSha256();
        const other = createHash('sha256');
        for (const chunk of chunks) {
          own.update(chunk);
          other.update(chunk);
        }
        expect(own.hex()).toBe(other.digest('hex'));
      }),
    );
  });
});

it('canonical JSON does not depend on the order of keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined, e: true })).toBe(
    '{"b":[1,{"c":"x","d":null}],"e":true}',
  );
  expect(canonicalJson({ x: 1, y: 2 })).toBe(canonicalJson({ y: 2, x: 1 }));
});

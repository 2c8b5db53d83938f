import { expect, it } from 'vitest';
import { rateHeaders, requireAdmission } from './admission';

const refused = { outcome: 'rate_limited' as const };

it('tells a refused call when the next token comes', () => {
  const rate = { limit: 5, remaining: 0, resetSeconds: 0.2 };
  expect(rateHeaders({ ...refused, rate }).RateLimit).toBe('"default";r=0;t=1');
  expect(() => requireAdmission({ ...refused, rate })).toThrow(
    expect.objectContaining({ extra: { retry_after: 1 } }),
  );
});

it('tells no time when none ever comes', () => {
  const rate = { limit: 0, remaining: 0, resetSeconds: null };
  expect(rateHeaders({ ...refused, rate })).toEqual({
    RateLimit: '"default";r=0',
    'RateLimit-Policy': '"default";q=0;w=1',
  });
  expect(() => requireAdmission({ ...refused, rate })).toThrow(
    expect.objectContaining({ kind: 'rate_limited', extra: {} }),
  );
});

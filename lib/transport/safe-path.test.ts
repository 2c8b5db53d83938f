import { describe, expect, it } from 'vitest';
import { consoleAddress, safePath } from './safe-path';

it.each(['/', '/billing', '/billing?plan=professional&pay=now', '/tenant/acme/usage'])(
  'goes on to %s',
  (path) => {
    expect(safePath(path)).toBe(path);
  },
);

it.each([
  '',
  null,
  undefined,
  'billing',
  '//evil.example',
  '/\\evil.example',
  '/a\\b',
  'https://evil.example',
  'javascript:alert(1)',
  '/a b',
  '/a\r\nSet-Cookie: x=1',
  '/\u0000',
  '/é',
])('goes nowhere else by %j', (path) => {
  expect(safePath(path)).toBe('/');
});

describe('consoleAddress', () => {
  it.each([
    ['/admin/webhooks?state=failing', '/admin/webhooks?state=failing'],
    ['/admin', '/admin'],
    ['/administration', '/admin'],
    ['/tenant/acme', '/admin'],
    ['//evil.example/admin', '/admin'],
    ['/admin/../sign-in', '/admin'],
    [null, '/admin'],
  ])('%j → %s', (next, address) => {
    expect(consoleAddress(next)).toBe(address);
  });
});

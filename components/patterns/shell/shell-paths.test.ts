import { describe, expect, it } from 'vitest';
import { isCurrent, pathInShell, shellHref } from './shell-paths';

describe('shellHref', () => {
  it.each([
    ['', '/', '/'],
    ['', '/strategies', '/strategies'],
    ['/tenant/acme', '/', '/tenant/acme'],
    ['/tenant/acme/', '/strategies', '/tenant/acme/strategies'],
    ['/tenant/acme', 'https://docs.example.com/', 'https://docs.example.com/'],
  ])('%j + %j → %j', (base, path, href) => {
    expect(shellHref(base, path)).toBe(href);
  });
});

describe('pathInShell', () => {
  it.each([
    ['/tenant/acme', '', '/'],
    ['/tenant/acme/strategies/stg_1', '/tenant/acme', '/strategies/stg_1'],
    ['/tenant/acme/strategies/stg_1', '', '/strategies/stg_1'],
    ['/strategies', '', '/strategies'],
    ['/tenant/acme-two/strategies', '', '/tenant/acme-two/strategies'],
    ['/admin', '/admin', '/'],
    ['/admin/tenants/ten_1', '/admin', '/tenants/ten_1'],
    ['/administration', '/admin', '/administration'],
  ])('%j in %j → %j', (pathname, base, path) => {
    expect(pathInShell(pathname, base, 'acme')).toBe(path);
  });
});

describe('isCurrent', () => {
  it('matches whole segments only', () => {
    expect(isCurrent('/strategies', '/strategies/stg_1')).toBe(true);
    expect(isCurrent('/strategies', '/strategies-old')).toBe(false);
    expect(isCurrent('/', '/strategies')).toBe(false);
    expect(isCurrent('/', '/')).toBe(true);
  });
});

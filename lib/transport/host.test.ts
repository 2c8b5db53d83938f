import { describe, expect, it } from 'vitest';
import { hostKind, isRootPath, needsProperName, tenantPath } from './host';

describe('hostKind', () => {
  it.each([
    ['localhost:8080', { kind: 'root' }],
    ['www.localhost', { kind: 'root' }],
    ['127.0.0.1:8080', { kind: 'root' }],
    ['ACME.localhost:8080', { kind: 'tenant', slug: 'acme' }],
    ['admin.localhost', { kind: 'admin' }],
    ['a.b.localhost', { kind: 'unknown' }],
    ['localhost.evil.example', { kind: 'unknown' }],
    [null, { kind: 'unknown' }],
  ])('%s', (host, kind) => {
    expect(hostKind(host, 'localhost')).toEqual(kind);
  });

  it('knows an address for the root on this machine alone', () => {
    expect(hostKind('127.0.0.1', 'example.com')).toEqual({ kind: 'unknown' });
  });
});

describe('needsProperName', () => {
  it('is asked of pages that begin a session, under another name of the root host', () => {
    for (const host of ['www.localhost:8080', '127.0.0.1:8080', '[::1]:8080']) {
      expect(needsProperName(host, 'localhost', '/sign-in')).toBe(true);
      expect(needsProperName(host, 'localhost', '/handover/issue')).toBe(true);
      expect(needsProperName(host, 'localhost', '/pricing')).toBe(false);
      expect(needsProperName(host, 'localhost', '/sign-in-help')).toBe(false);
    }
    expect(needsProperName('localhost:8080', 'localhost', '/sign-in')).toBe(false);
  });
});

describe('paths of a tenant’s host', () => {
  it('lead into the tenant, but for those that every host has and those of the root alone', () => {
    expect(tenantPath('acme', '/')).toBe('/tenant/acme');
    expect(tenantPath('acme', '/usage')).toBe('/tenant/acme/usage');
    for (const path of ['/sign-in', '/handover', '/handover/start', '/handover/issue']) {
      expect(tenantPath('acme', path)).toBeNull();
    }
    expect(isRootPath('/workspaces')).toBe(true);
    expect(isRootPath('/usage')).toBe(false);
  });
});

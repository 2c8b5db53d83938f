import { describe, expect, it } from 'vitest';
import { belongsAtRoot, consolePath, hostKind, tenantPath } from './host';

describe('hostKind', () => {
  it.each([
    ['localhost:8080', { kind: 'root' }],
    ['www.localhost', { kind: 'root' }],
    ['127.0.0.1:8080', { kind: 'root' }],
    ['ACME.localhost:8080', { kind: 'tenant', slug: 'acme' }],
    ['admin.localhost', { kind: 'admin' }],
    ['a.b.localhost', { kind: 'unknown' }],
    ['localhost.evil.example', { kind: 'unknown' }],
    ['localhost:65535', { kind: 'root' }],
    ['localhost:65536', { kind: 'unknown' }],
    ['acme.localhost:8080:8080', { kind: 'unknown' }],
    [null, { kind: 'unknown' }],
  ])('%s', (host, kind) => {
    expect(hostKind(host, 'localhost')).toEqual(kind);
  });

  it('knows an address for the root on this machine alone', () => {
    expect(hostKind('127.0.0.1', 'example.com')).toEqual({ kind: 'unknown' });
  });
});

describe('consolePath', () => {
  it.each([
    ['/', '/admin'],
    ['/tenants', '/admin/tenants'],
    ['/sign-in', '/admin/sign-in'],
    ['/administration', '/admin/administration'],
    ['/admin', null],
    ['/admin/tenants', null],
  ])('%s → %s', (path, target) => {
    expect(consolePath(path)).toBe(target);
  });
});

describe('belongsAtRoot', () => {
  const asked = (host: string, path: string, method = 'GET') =>
    belongsAtRoot(host, 'localhost', { method, path });

  it('holds for pages that begin a session, under another name of the root host', () => {
    for (const host of ['www.localhost:8080', '127.0.0.1:8080', '[::1]:8080']) {
      expect(asked(host, '/sign-in')).toBe(true);
      expect(asked(host, '/handover/issue')).toBe(true);
      expect(asked(host, '/pricing')).toBe(false);
      expect(asked(host, '/sign-in-help')).toBe(false);
      expect(asked(host, '/sign-in', 'POST')).toBe(false);
    }
    expect(asked('localhost:8080', '/sign-in')).toBe(false);
  });

  it('holds for the product’s own pages on a tenant’s host', () => {
    expect(asked('acme.localhost', '/workspaces')).toBe(true);
    expect(asked('acme.localhost', '/usage')).toBe(false);
    expect(asked('evil.example', '/workspaces')).toBe(false);
  });
});

describe('paths of a tenant’s host', () => {
  it('lead into the tenant, but for those that every host has', () => {
    expect(tenantPath('acme', '/')).toBe('/tenant/acme');
    expect(tenantPath('acme', '/usage')).toBe('/tenant/acme/usage');
    for (const path of ['/sign-in', '/handover', '/handover/start', '/handover/issue']) {
      expect(tenantPath('acme', path)).toBeNull();
    }
  });
});

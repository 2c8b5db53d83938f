import { expect, it } from 'vitest';
import { makeRouter } from './gateway-router';

const GET = () => new Response();
const POST = () => new Response();
const find = makeRouter([
  { path: '/api/v1/strategies', module: { GET, POST, spec: 1 } },
  { path: '/api/v1/strategies/presets', module: { GET } },
  { path: '/api/v1/strategies/:id', module: { GET } },
  { path: '/api/v1/strategies/:key/versions', module: { GET } },
  { path: '/api/v1/files/*', module: { GET } },
]);

it('takes a fixed segment before a parameter, and goes back when it leads nowhere', () => {
  expect(find('/api/v1/strategies/presets')?.params).toEqual({});
  expect(find('/api/v1/strategies/stg_1')?.params).toEqual({ id: 'stg_1' });
  expect(find('/api/v1/strategies/presets/versions')?.params).toEqual({ key: 'presets' });
});

it('decodes parameters, and knows no path that is not decodable', () => {
  expect(find('/api/v1/strategies/EUR%2FUSD')?.params).toEqual({ id: 'EUR/USD' });
  expect(find('/api/v1/strategies/%E0%A4%A')).toBeNull();
});

it('answers HEAD where there is GET, and nothing that is not exported as a method', () => {
  const methods = [...(find('/api/v1/strategies')?.handlers.keys() ?? [])];
  expect(methods.sort()).toEqual(['GET', 'HEAD', 'POST']);
});

it('knows no path it was not given', () => {
  for (const path of ['/', '/api', '/api/v1', '/api/v1/nothing', '/api/v1/strategies/a/b/c']) {
    expect(find(path)).toBeNull();
  }
  expect(find('/api/v1/strategies//versions')).toBeNull();
  expect(find('/api/v1/files/a/b')).not.toBeNull();
  expect(find('/api/v1/strategies/')).not.toBeNull();
});

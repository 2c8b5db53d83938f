import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../lib/testing/test-settings';
import { missingPackages, platformOf } from './complete-lockfile.mjs';

test('the lockfile names every package for every system, as npm ci demands', () => {
  const lock = JSON.parse(readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8'));
  expect(missingPackages(lock.packages)).toEqual([]);
  const unversioned = Object.entries<{ version?: string }>(lock.packages).filter(
    ([place, entry]) => place !== '' && entry.version === undefined,
  );
  expect(unversioned).toEqual([]);
});

test.each([
  ['@biomejs/cli-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
  ['@oxlint/binding-win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
  ['@oxc-parser/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'] }],
  ['@tailwindcss/oxide-wasm32-wasi', { cpu: ['wasm32'] }],
])('%s', (name, platform) => expect(platformOf(name)).toEqual(platform));

test('reports an optional package that is nowhere', () => {
  const packages = { '': {}, 'node_modules/a': { optionalDependencies: { b: '1.0.0' } } };
  expect(missingPackages(packages)).toEqual([{ name: 'b', version: '1.0.0', dev: undefined }]);
});

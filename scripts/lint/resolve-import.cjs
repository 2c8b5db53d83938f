// Finds the file behind an import for eslint-plugin-boundaries: `@/…` means the root of what is being linted.
const { existsSync, statSync } = require('node:fs');
const { isBuiltin } = require('node:module');
const path = require('node:path');

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.mjs', '/index.ts', '/index.tsx'];

exports.interfaceVersion = 2;

exports.resolve = (source, file) => {
  if (isBuiltin(source)) return { found: true, path: null };
  const base = source.startsWith('@/')
    ? path.join(process.cwd(), source.slice(2))
    : path.resolve(path.dirname(file), source);
  if (!source.startsWith('@/') && !source.startsWith('.')) return { found: false };
  const found = ENDINGS.map((ending) => base + ending).find(
    (candidate) => existsSync(candidate) && statSync(candidate).isFile(),
  );
  return found ? { found: true, path: found } : { found: false };
};

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BROKEN, SOUND } from './must-fail.mjs';
import { runOxlint } from './run-oxlint.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Lints a small tree in which every rule is broken once: a rule that reports nothing, a linter that reads
 * nothing and a wall that stands in the wrong place are all found here.
 * @returns {string[]} what is wrong with the linter, one sentence each
 */
export function checkFixture() {
  const folder = mkdtempSync(path.join(tmpdir(), 'neozork-lint-'));
  try {
    write(folder);
    return compare(runOxlint(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder) {
  const compilerOptions = {
    target: 'ES2023',
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    paths: { '@/*': ['./*'] },
  };
  const tsconfig = JSON.stringify({ compilerOptions, include: ['**/*.ts'] });
  const rules = pathToFileURL(path.join(root, 'oxlint.config.mjs')).href;
  const settings = [
    ['tsconfig.json', tsconfig],
    ['oxlint.config.mjs', `export { default } from '${rules}';`],
  ];
  for (const [file, source] of [...SOUND, ...BROKEN, ...settings]) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${source}\n`);
  }
}

function compare({ files, diagnostics }) {
  const wrong = [];
  const expected = SOUND.length + BROKEN.length + 1;
  if (files !== expected)
    wrong.push(`The linter read ${files} of the fixture's ${expected} files.`);
  for (const [file, , rule] of BROKEN) {
    const reported = diagnostics.some((one) => one.file === file && one.rule === rule);
    if (!reported) wrong.push(`${rule} does not report ${file}.`);
  }
  const broken = new Set(BROKEN.map(([file]) => file));
  for (const one of diagnostics) {
    if (!broken.has(one.file)) wrong.push(`${one.rule} reports ${one.file}, which breaks nothing.`);
  }
  return wrong;
}

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, generate, install, root } from './prepare.mjs';
import { reportFailure } from './report-failure.mjs';

/**
 * Bundles every file of a folder that exports `run(): Promise<Row[]>`, runs them one after the other and prints one
 * table. `npm run bench -- engine` runs those whose name contains the word. Exit code 1 when a row is not ok.
 */
export async function runAll(folder) {
  checkNode();
  process.chdir(root);
  try {
    await install();
    await generate();
    const rows = [];
    for (const file of await bundleFolder(folder, process.argv.slice(2))) {
      console.log(`  ${path.basename(file, '.mjs')} …`);
      const { run } = await import(pathToFileURL(file).href);
      rows.push(...(await run()));
    }
    printTable(rows);
    process.exit(rows.every((row) => row.ok) ? 0 : 1);
  } catch (error) {
    reportFailure(error);
    process.exit(1);
  }
}

async function bundleFolder(folder, words) {
  const outdir = path.join(root, '.tmp', folder);
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const sources = names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .filter((name) => /export (async )?function run\b/.test(read(folder, name)));
  if (sources.length === 0) throw new Error(`There is nothing to run in ${folder}/.`);
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: sources.map((name) => path.join(folder, name)),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    alias: { '@': root },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return sources.map((name) => path.join(outdir, name.replace(/\.ts$/, '.mjs')));
}

function read(folder, name) {
  return readFileSync(path.join(folder, name), 'utf8');
}

function printTable(rows) {
  const cells = rows.map((row) => [
    row.name,
    number(row.value),
    row.unit,
    row.target === null ? '' : number(row.target),
    row.target === null ? '' : row.ok ? 'yes' : 'no',
  ]);
  const table = [['what', 'value', 'unit', 'target', 'reached'], ...cells];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) =>
        column === 1 || column === 3 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
      )
      .join('  ');
  console.log(`\n${line(table[0])}\n${widths.map((width) => '─'.repeat(width)).join('  ')}`);
  for (const row of table.slice(1)) console.log(line(row));
}

function number(value) {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

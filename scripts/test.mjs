import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, checkNode, generate, install, root } from './prepare.mjs';
import { reportFailure } from './report-failure.mjs';
import { seconds } from './terminal.mjs';

const REPORTS = path.join(root, '.tmp', 'reports');
const bin = (name) => path.join(root, 'node_modules', name);

const total = { passed: 0, failed: 0 };

/** One check or suite under its heading; a suite that counts its tests returns both numbers. */
async function section(title, work) {
  const began = Date.now();
  console.log(`\n── ${title}`);
  let counts;
  try {
    counts = (await work()) ?? { passed: 1, failed: 0 };
  } catch (error) {
    console.log(error.output ?? error.stack ?? String(error));
    counts = { passed: 0, failed: 1 };
  }
  total.passed += counts.passed;
  total.failed += counts.failed;
  console.log(`   ${counts.passed} passed, ${counts.failed} failed in ${seconds(began)}`);
}

/** Runs a program of node_modules, its output on the terminal; resolves to the exit code. */
function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin(program), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function check(program, args) {
  const code = await run(program, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** What a suite's report says; a suite that failed without a failing test, or without a report, counts as one. */
function tally(file, code, read) {
  let counts;
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
  const nothing = counts.passed + counts.failed === 0;
  const silent = code !== 0 && counts.failed === 0;
  return nothing || silent ? { ...counts, failed: counts.failed + 1 } : counts;
}

async function vitest() {
  const file = path.join(REPORTS, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run('vitest/vitest.mjs', ['run', ...reporters], { NODE_ENV: 'test' });
  return tally(file, code, (report) => ({
    passed: report.numPassedTests,
    // A file that could not be loaded has no tests to count.
    failed:
      report.numFailedTests +
      report.numPendingTests +
      report.testResults.filter(
        (one) => one.status === 'failed' && one.assertionResults.length === 0,
      ).length,
  }));
}

async function playwright() {
  const file = path.join(REPORTS, 'playwright.json');
  const code = await run('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return tally(file, code, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped,
  }));
}

async function lint() {
  const { lintChecks } = await import('./lint/checks.mjs');
  for (const { title, run: runCheck } of lintChecks) {
    await section(title, () => {
      const problems = runCheck();
      for (const problem of problems) console.log(`   ${problem}`);
      return problems.length === 0 ? undefined : { passed: 0, failed: 1 };
    });
  }
}

checkNode();
process.chdir(root);
const began = Date.now();
try {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  await install();
  await generate();
  await section('Format', () => check('@biomejs/biome/bin/biome', ['format', '.']));
  await lint();
  await section('Types', () => check('typescript/bin/tsc', ['--noEmit', '-p', '.']));
  await section('Unused files, exports and packages', () => check('knip/bin/knip.js', []));
  await section('Unit and integration tests on PostgreSQL', vitest);
  await section('Build', () => build());
  await section('End-to-end tests in Chromium', playwright);
} catch (error) {
  reportFailure(error);
  total.failed += 1;
}
console.log(`\nIn ${seconds(began)}`);
if (total.failed > 0) process.exitCode = 1;
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);

import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Runs oxlint with the project's rules over a folder.
 * @param {string} folder what is linted, with the rules beside it; `@/` in its imports means this folder
 * @returns {{ files: number, diagnostics: { file: string, rule: string, line: number, message: string }[] }}
 */
export function runOxlint(folder) {
  const program = path.join(root, 'node_modules/oxlint/bin/oxlint');
  const flags = ['--config', path.join(folder, 'oxlint.config.mjs'), '--type-aware', '-f', 'json'];
  const ran = spawnSync(process.execPath, [program, ...flags], {
    cwd: folder,
    env: {
      ...process.env,
      OXLINT_TSGOLINT_PATH: path.join(root, 'node_modules/.bin/tsgolint'),
    },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  let report;
  try {
    report = JSON.parse(ran.stdout);
  } catch {
    throw new Error(`The linter did not run.\n${ran.stdout}\n${ran.stderr}`);
  }
  return {
    files: report.number_of_files,
    diagnostics: report.diagnostics.map((one) => ({
      file: one.filename.replaceAll('\\', '/'),
      rule: one.code,
      line: one.labels[0]?.span.line ?? 0,
      message: one.message,
    })),
  };
}

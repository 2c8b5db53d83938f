import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';

export interface Browser {
  executablePath: string;
  /** What the program needs besides the environment of the tests. */
  env: Record<string, string>;
}

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium-headless-shell',
];

/**
 * Finds a Chromium: E2E_CHROMIUM, Playwright's own, one that is installed, or the one inside an npm package.
 * @throws Error with a sentence that says what to do
 */
export async function findChromium(): Promise<Browser> {
  const wanted = process.env.E2E_CHROMIUM;
  if (wanted !== undefined && !existsSync(wanted))
    throw new Error(`E2E_CHROMIUM names ${wanted}, which does not exist.`);
  const found = [wanted, chromium.executablePath(), ...INSTALLED].find(
    (file) => file !== undefined && existsSync(file),
  );
  if (found !== undefined) return { executablePath: found, env: {} };
  return unpack();
}

/** The binary travels compressed inside the package and is unpacked once a version. */
async function unpack(): Promise<Browser> {
  const folder = path.join(tmpdir(), `neozork-chromium-${packageVersion()}`);
  mkdirSync(folder, { recursive: true });
  const before = { ...process.env };
  process.env.TMPDIR = folder;
  // Under this name the package also unpacks the few libraries that a bare system lacks.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    const executablePath = await packed.executablePath();
    return { executablePath, env: surroundings(executablePath, folder) };
  } catch (error) {
    throw new Error(
      `No Chromium was found, and the packed one did not unpack (${String(error)}): install chromium, or set E2E_CHROMIUM.`,
    );
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

function packageVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest = path.join(entry.slice(0, entry.lastIndexOf('build')), 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

/** The system's own libraries and fonts come first; the packed ones stand in for what is missing. */
function surroundings(executablePath: string, folder: string): Record<string, string> {
  const env: Record<string, string> = {};
  const linked = execFileSync('ldd', [executablePath], { encoding: 'utf8' });
  if (linked.includes('not found')) env.LD_LIBRARY_PATH = path.join(folder, 'al2023', 'lib');
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = path.join(folder, 'fonts');
  return env;
}

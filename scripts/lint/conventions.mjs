import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDERS = [
  'app',
  'bench',
  'components',
  'e2e',
  'lib',
  'prisma',
  'prove',
  'sandbox',
  'scripts',
];
const NOT_OURS = /(^|\/)(generated|migrations)(\/|$)|\.generated\.ts$/;
const CODE = /\.(ts|tsx|mts|mjs|cjs)$/;

/** Names that say nothing about what is inside. */
const EMPTY_NAME = /^(utils?|helpers?|misc|common|shared)(\.|$)/;
/** `[slug]`, `(group)`, `_private` and `route.test` are Next's and vitest's additions to kebab case. */
const KEBAB = /^[_[(.]*[a-z0-9]+(-[a-z0-9]+)*[\])]*(\.[a-z0-9-]+)*$/;

/** One look at a file's text: what must not stand there, and the sentence for it. */
const PHRASES = [
  [/^export \* from/m, 'passes everything on: name what the door offers'],
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'leaves work for later: do it or drop it'],
  [/(eslint|oxlint)-disable(?!.* -- \S)/, 'silences the linter without a reason after `--`'],
  [/\.only\(/, 'runs one test alone'],
];

/**
 * Checks what no linter rule covers: names, barrels, leftovers, doors.
 * @param {string} root folder that holds `lib/`, `app/` and so on
 * @returns {{ files: number, problems: string[] }}
 */
export function checkConventions(root) {
  const files = FOLDERS.flatMap((folder) => walk(root, folder));
  return {
    files: files.length,
    problems: [...files.flatMap((file) => checkFile(root, file)), ...checkDoors(root)],
  };
}

function walk(root, folder) {
  if (!existsSync(path.join(root, folder)) || NOT_OURS.test(folder)) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(root, name) : [name];
  });
}

function checkFile(root, file) {
  if (NOT_OURS.test(file)) return [];
  const problems = file
    .split('/')
    .filter((name) => EMPTY_NAME.test(name))
    .map((name) => `${file}: "${name}" says nothing about what is inside`);
  if (!CODE.test(file)) return problems;
  if (!file.split('/').every(isKebab)) problems.push(`${file}: names are kebab-case`);
  const text = readFileSync(path.join(root, file), 'utf8');
  // This very list holds the words it looks for.
  if (file.startsWith('scripts/lint/conventions')) return problems;
  for (const [pattern, sentence] of PHRASES)
    if (pattern.test(text)) problems.push(`${file}: ${sentence}`);
  return problems;
}

function isKebab(name) {
  return KEBAB.test(name) || /^\[{1,2}\.\.\.[a-z-]+\]{1,2}$/.test(name);
}

/** Every domain has a door; trading is a house of rooms, and each of them has one. */
function checkDoors(root) {
  const domains = foldersIn(root, 'lib/domains');
  const rooms = foldersIn(root, 'lib/domains/trading');
  return [...domains.filter((folder) => !folder.endsWith('/trading')), ...rooms]
    .filter((folder) => !existsSync(path.join(root, folder, 'index.ts')))
    .map((folder) => `${folder}: has no door (index.ts)`);
}

function foldersIn(root, folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}/${entry.name}`);
}

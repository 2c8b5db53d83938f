import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../lib/runtime/embedded-postgres';
import { diffSchemas, readSchema } from '../prisma/schema-engine';

/**
 * Writes the SQL that takes the committed schema to the one in the working tree, as a new migration to read
 * and edit: `npm run migration -- add-invoice-notes`. Policies, roles and functions are added by hand.
 */
const root = path.resolve(import.meta.dirname, '..');

function committedSchema(): [string, string][] {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  return git('ls-tree', '--name-only', 'HEAD', 'prisma/schema/')
    .split('\n')
    .filter((file) => file.endsWith('.prisma'))
    .map((file) => [path.join(root, file), git('show', `HEAD:${file}`)]);
}

const name = process.argv[2];
if (name === undefined || !/^[a-z0-9-]+$/.test(name)) {
  console.error('Give the migration a name: npm run migration -- add-invoice-notes');
  process.exit(1);
}
const dataDir = mkdtempSync(path.join(tmpdir(), 'neozork-migration-'));
chmodSync(dataDir, 0o755);
const server = await startEmbeddedPostgres({ dataDir, password: 'draft', durable: false });
let sql: string | null;
try {
  sql = await diffSchemas(server.url, committedSchema(), await readSchema(root));
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
if (sql === null) {
  console.log('The schema is the same as in the last commit: nothing to write.');
} else {
  const stamp = new Date()
    .toISOString()
    .replaceAll(/[^0-9]/g, '')
    .slice(0, 14);
  const folder = path.join('prisma', 'migrations', `${stamp}_${name.replaceAll('-', '_')}`);
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, 'migration.sql'), sql);
  console.log(`Wrote ${folder}/migration.sql. Read it before you keep it.`);
}

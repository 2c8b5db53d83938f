import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, generate, install, root } from './prepare.mjs';
import { reportFailure } from './report-failure.mjs';

checkNode();
const dev = process.argv.includes('--dev');
process.chdir(root);
console.log('NeoZork');
try {
  await install();
  await generate();
  if (!dev) await build();
  const { supervise } = dev ? await fromSource() : await fromBundle();
  await supervise({ root, dev });
} catch (error) {
  reportFailure(error);
}

function fromBundle() {
  process.setSourceMapsEnabled(true);
  return import(pathToFileURL(path.join(root, 'dist/supervisor.mjs')).href);
}

async function fromSource() {
  const { register } = await import('tsx/esm/api');
  register();
  return import(pathToFileURL(path.join(root, 'lib/runtime/supervisor.ts')).href);
}

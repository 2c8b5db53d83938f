import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { shapesOf } from '@/sandbox/schemas/shapes';

/** Objects in the recordings that the sandbox has no part in. */
const LEFT_OUT = new Set(['balance_transaction', 'transfer']);

// Usage: npx tsx sandbox/schemas/summarise-recordings.ts <recordings.ndjson>
const source = process.argv[2];
if (!source) throw new Error('Name the file of recorded exchanges, one JSON object a line.');
const answers = readFileSync(source, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { status: number; res: unknown })
  .filter((exchange) => exchange.status === 200)
  .map((exchange) => exchange.res);
const lines = Object.entries(shapesOf(answers))
  .filter(([kind]) => !LEFT_OUT.has(kind))
  .map(([kind, paths]) => `${JSON.stringify(kind)}: ${JSON.stringify(paths)}`);
const target = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  'generated',
  'recorded-shapes.json',
);
writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`);

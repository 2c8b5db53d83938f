import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DOMAIN_ORDER } from './walls.mjs';

/** People act in every domain, and are shown by name and address where they did. */
const OF_EVERYBODY = ['user'];

/**
 * Finds domains that reach past the doors, into a table of a domain that they mustn't know: what a rule of
 * that domain says of its rows would be said a second time, and differently. A table belongs to the
 * domain after which its schema file is called.
 * @param {string} root folder that holds `lib/` and `prisma/`
 * @returns {{ files: number, problems: string[] }}
 */
export function checkTables(root) {
  const owners = readOwners(path.join(root, 'prisma/schema'));
  const files = readdirSync(path.join(root, 'lib/domains'), { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return {
    files: files.length,
    problems: files.flatMap((name) => {
      const text = readFileSync(path.join(root, 'lib/domains', name), 'utf8');
      return checkText(name, text, owners);
    }),
  };
}

/** @returns {Map<string, string>} owner by the model's name in the client */
function readOwners(folder) {
  const owners = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.prisma'))) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    for (const [, model] of text.matchAll(/^model (\w+)/gm))
      owners.set(model[0].toLowerCase() + model.slice(1), path.basename(file, '.prisma'));
  }
  return owners;
}

function checkText(name, text, owners) {
  const domain = name.split('/')[0];
  const place = DOMAIN_ORDER.indexOf(domain);
  if (place < 0) return [];
  const reached = new Set(
    [...text.matchAll(/\btx\s*\.(\w+)\s*\.\w+\(/g)].map(([, model]) => model),
  );
  return [...reached]
    .filter((model) => !OF_EVERYBODY.includes(model))
    .filter((model) => DOMAIN_ORDER.indexOf(owners.get(model)) > place)
    .map(
      (model) =>
        `lib/domains/${name}: reads or writes ${model}, a table of ${owners.get(model)}, which ${domain} doesn't know`,
    );
}

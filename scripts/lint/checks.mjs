import path from 'node:path';
import { checkFixture } from './check-fixture.mjs';
import { checkConventions } from './conventions.mjs';
import { runOxlint } from './run-oxlint.mjs';
import { checkTables } from './tables.mjs';

const root = path.resolve(import.meta.dirname, '../..');
/** Far fewer than there are: a checker that suddenly reads nothing is broken, not content. */
const AT_LEAST = 300;

const tooFew = (files) => (files < AT_LEAST ? [`Only ${files} files were read.`] : []);

/** Each returns its problems, one line each; none means that it passed. */
export const lintChecks = [
  { title: 'Linter fixture (every rule broken once)', run: checkFixture },
  {
    title: 'Linter and import walls',
    run: () => {
      const { files, diagnostics } = runOxlint(root);
      const lines = diagnostics.map(
        (one) => `${one.file}:${one.line} ${one.rule} ${one.message.split('\n')[0]}`,
      );
      return [...tooFew(files), ...lines];
    },
  },
  {
    title: 'Names, doors and leftovers',
    run: () => {
      const { files, problems } = checkConventions(root);
      return [...tooFew(files), ...problems];
    },
  },
  {
    title: 'Tables and their domains',
    run: () => {
      const { files, problems } = checkTables(root);
      return files < 100 ? [`Only ${files} files of domains were read.`] : problems;
    },
  },
];

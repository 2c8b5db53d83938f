import { checkNode, generate, install } from './prepare.mjs';
import { reportFailure } from './report-failure.mjs';

checkNode();
try {
  await install();
  await generate();
  const { lintChecks } = await import('./lint/checks.mjs');
  for (const { title, run } of lintChecks) {
    const problems = run();
    console.log(problems.length === 0 ? `${title}: clean` : `${title}:`);
    for (const problem of problems) console.log(`  ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
  }
} catch (error) {
  reportFailure(error);
}

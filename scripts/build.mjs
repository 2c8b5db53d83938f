import { build, checkNode, generate, install } from './prepare.mjs';
import { reportFailure } from './report-failure.mjs';

checkNode();
try {
  await install();
  await generate();
  await build({ always: true });
} catch (error) {
  reportFailure(error);
}

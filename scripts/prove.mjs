import { runAll } from './measure.mjs';

await runAll('prove');

import { runAll } from './measure.mjs';

await runAll('bench');

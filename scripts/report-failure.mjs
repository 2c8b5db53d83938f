/** An end whose sentence says all that there is to know of it, and what to do. */
export class PlainFailure extends Error {}

/** Shows what a failed program said, then one sentence, and makes the exit code 1. */
export function reportFailure(error) {
  if (error.output) process.stderr.write(`${error.output.trimEnd()}\n`);
  const told = error.output || error instanceof PlainFailure;
  process.stderr.write(`${told ? error.message : (error.stack ?? error)}\n`);
  process.exitCode = 1;
}

/** Shows what a failed program said, then one sentence, and makes the exit code 1. */
export function reportFailure(error) {
  if (error.output) process.stderr.write(`${error.output.trimEnd()}\n`);
  process.stderr.write(`${error.output ? error.message : (error.stack ?? error)}\n`);
  process.exitCode = 1;
}

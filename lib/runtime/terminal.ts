// A terminal that was closed answers writes with an error event; stopping in order matters more.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

export function say(sentence: string): void {
  process.stdout.write(`  ${sentence}\n`);
}

export function sayTrouble(sentence: string): void {
  process.stderr.write(`  ${sentence}\n`);
}

/** Runs a step of the start and says how long it took. */
export async function timed<T>(label: string, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  const result = await work();
  say(`${label}: ready in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

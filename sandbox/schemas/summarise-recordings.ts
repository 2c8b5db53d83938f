import { shapesOf } from '@/sandbox/schemas/shapes';

/** Objects in the recordings that the sandbox has no part in. */
const LEFT_OUT = new Set(['balance_transaction', 'transfer']);

/** Turns recorded exchanges (`{status, res}`, one JSON object a line) into their shapes, one kind of object a line. */
export function summariseRecordings(text: string): string {
  const answers = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { status: number; res: unknown })
    .filter((exchange) => exchange.status === 200)
    .map((exchange) => exchange.res);
  const lines = Object.entries(shapesOf(answers))
    .filter(([kind]) => !LEFT_OUT.has(kind))
    .map(([kind, paths]) => `${JSON.stringify(kind)}: ${JSON.stringify(paths)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

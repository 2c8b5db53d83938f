import { type Shapes, shapesOf } from '@/sandbox/schemas/shapes';

/** Objects in the recordings that the sandbox has no part in. */
const LEFT_OUT = new Set(['balance_transaction', 'transfer']);

/** An answer as it was seen: its status and its body. */
export interface Answered {
  status: number;
  res: unknown;
}

type Refusal = { error?: { type?: string; code?: string } };

/** What stands for an answer: a refusal counts as an object of a kind of its own, named after status, type and code. */
function objectOf({ status, res }: Answered): unknown {
  if (status === 200) return res;
  const { error = {} } = res as Refusal;
  return { object: ['error', status, error.type, error.code].filter(Boolean).join(' '), ...error };
}

/** The shapes of everything that was answered, of refusals too. */
export function shapesOfAnswers(answers: readonly Answered[]): Shapes {
  const shapes = Object.entries(shapesOf(answers.map(objectOf)));
  return Object.fromEntries(shapes.filter(([kind]) => !LEFT_OUT.has(kind)));
}

/** Turns recorded exchanges (`{status, res}`, one JSON object a line) into their shapes, one kind of object a line. */
export function summariseRecordings(text: string): string {
  const answers = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Answered);
  const lines = Object.entries(shapesOfAnswers(answers)).map(
    ([kind, paths]) => `${JSON.stringify(kind)}: ${JSON.stringify(paths)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

import type { BooleanNode } from './expression';
import type { FaultPath } from './fault';
import { type OperandReader, readList } from './operand-reader';
import { report } from './parse-context';

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** `["09:30", "16:00"]`: the time of day of the bar's stamp, UTC, from inclusive, to exclusive. */
export function readTimeBetween(
  reader: OperandReader,
  operands: unknown,
  path: FaultPath,
): BooleanNode | null {
  const list = readList(reader, operands, path, 2, 2);
  if (list === null) return null;
  const [from, to] = list.map((operand, index) => readClock(reader, operand, [...path, index]));
  if (from === null || from === undefined || to === null || to === undefined) return null;
  if (from === to) {
    return report(
      reader.context,
      path,
      'invalid_value',
      'The two times are equal: no bar matches.',
    );
  }
  return { kind: 'time', from, to };
}

function readClock(reader: OperandReader, operand: unknown, path: FaultPath): number | null {
  const match =
    typeof operand === 'string' ? /^([01]\d|2[0-3]):([0-5]\d)$|^(24):(00)$/.exec(operand) : null;
  if (match === null) {
    const message = 'Expected a time of day such as "09:30" (24 hours, UTC).';
    return report(reader.context, path, 'invalid_value', message);
  }
  return Number(match[1] ?? match[3]) * 60 + Number(match[2] ?? match[4]);
}

/** `["mon", "fri"]`: the day of the week of the bar's stamp, UTC. */
export function readWeekday(
  reader: OperandReader,
  operands: unknown,
  path: FaultPath,
): BooleanNode | null {
  const list = readList(reader, operands, path, 1, 7);
  if (list === null) return null;
  const days = list.map((operand) => (WEEKDAYS as readonly unknown[]).indexOf(operand));
  const wrong = days.indexOf(-1);
  if (wrong >= 0) {
    const message = `Expected one of ${WEEKDAYS.join(', ')}.`;
    return report(reader.context, [...path, wrong], 'invalid_value', message);
  }
  return { kind: 'weekday', days: [...new Set(days)].sort((left, right) => left - right) };
}

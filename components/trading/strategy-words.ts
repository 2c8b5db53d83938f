import { isRecord, paramsOf, part } from './definition-parts';

/** Infix words of operators with two or more operands. */
const INFIX: Record<string, string> = {
  '+': ' + ',
  '*': ' × ',
  '/': ' ÷ ',
  '>': ' is above ',
  '<': ' is below ',
  '>=': ' is at or above ',
  '<=': ' is at or below ',
  '==': ' equals ',
  crosses_above: ' crosses above ',
  crosses_below: ' crosses below ',
  and: ' and ',
  or: ' or ',
};

const GROUPED = new Set(['+', '-', '*', '/', 'and', 'or']);

/** Sentences that say what a strategy does, in the order of a bar: entries, exits, protection, size. */
export function strategySentences(definition: unknown): string[] {
  const words = wordsOf(definition);
  const entry = part(definition, 'entry');
  const exit = part(definition, 'exit');
  const sentences: string[] = [];
  const say = (start: string, rule: unknown) => {
    if (rule !== undefined && rule !== null) sentences.push(`${start} when ${words(rule)}.`);
  };
  say('Buys', entry.long);
  say('Sells short', entry.short);
  if (exit.on_opposite_entry !== false && entry.long !== undefined && entry.short !== undefined) {
    sentences.push('An entry the other way closes the position and opens the new one.');
  }
  say('Closes a long position', exit.long);
  say('Closes a short position', exit.short);
  if (exit.after_bars !== undefined && exit.after_bars !== null) {
    sentences.push(`Closes after ${words(exit.after_bars)} bars at the latest.`);
  }
  sentences.push(...protection(part(definition, 'protect'), words), sizing(definition, words));
  return sentences;
}

function protection(protect: Record<string, unknown>, words: Words): string[] {
  const set = (name: string) => (protect[name] === null ? undefined : protect[name]);
  const sentences: string[] = [];
  const [stop, take, trail] = [
    set('stop_loss_pct'),
    set('take_profit_pct'),
    set('trailing_stop_pct'),
  ];
  if (stop !== undefined) sentences.push(`Stops the loss ${words(stop)} % against the entry.`);
  if (take !== undefined)
    sentences.push(`Takes the profit ${words(take)} % above the entry price.`);
  if (trail !== undefined) {
    sentences.push(`A stop trails ${words(trail)} % behind the best price since entry.`);
  }
  return sentences;
}

function sizing(definition: unknown, words: Words): string {
  const { fraction_of_equity: fraction = 1, whole_units: whole = true } = part(definition, 'size');
  const share =
    typeof fraction === 'number' ? `${Number((fraction * 100).toFixed(2))} %` : words(fraction);
  return `Each entry takes ${share} of the equity${whole === false ? '' : ', in whole units'}.`;
}

type Words = (expression: unknown, inside?: boolean) => string;

/** Turns expressions into words; names of indicators and parameters are replaced by what they stand for. */
function wordsOf(definition: unknown): Words {
  const indicators = part(definition, 'indicators');
  const params = new Map(paramsOf(definition).map(({ name, value }) => [name, value]));
  const named = (name: string, depth: number): string => {
    if (name.startsWith('$')) return String(params.get(name.slice(1)) ?? name.slice(1));
    const [alias = '', output] = name.split('.');
    const meaning = indicators[alias];
    if (meaning === undefined || depth > 4) return name === 'close' ? 'the close' : name;
    const text = write(meaning, true, depth + 1);
    return output ? `${output.replaceAll('_', ' ')} of ${text}` : text;
  };
  const write = (expression: unknown, inside: boolean, depth: number): string => {
    if (expression === true) return 'always';
    if (expression === false) return 'never';
    if (typeof expression === 'number') return String(expression);
    if (typeof expression === 'string') return named(expression, depth);
    const [operation] = isRecord(expression) ? Object.entries(expression) : [];
    if (!operation || depth > 16) return '…';
    const [operator, given] = operation;
    const operands = Array.isArray(given) ? given : [given];
    const parts = operands.map((one) => write(one, true, depth + 1));
    const text = phrase(operator, parts);
    return inside && GROUPED.has(operator) && parts.length > 1 ? `(${text})` : text;
  };
  return (expression, inside = false) => write(expression, inside, 0);
}

function phrase(operator: string, parts: string[]): string {
  const [first = '…', second = '…', third = '…'] = parts;
  const infix = INFIX[operator];
  if (infix !== undefined) return parts.join(infix);
  switch (operator) {
    case '-':
      return parts.length === 1 ? `−${first}` : `${first} − ${second}`;
    case 'not':
      return `not (${first})`;
    case 'between':
      return `${first} lies between ${second} and ${third}`;
    case 'shift':
      return second === '1' ? `${first} one bar ago` : `${first} ${second} bars ago`;
    case 'output':
      return `${second.replaceAll('_', ' ')} of ${first}`;
    case 'highest':
    case 'lowest':
      return `the ${operator} ${first} of ${second} bars`;
    case 'weekday':
      return `the day is ${parts.join(', ')}`;
    case 'time_between':
      return `the time is ${first} to ${second} UTC`;
    default:
      return indicator(operator, parts);
  }
}

/** `SMA(30)`; the column is named only when it isn't the close. */
function indicator(name: string, parts: string[]): string {
  const shown = parts.filter((text) => text !== 'the close' && text !== '…');
  const title = name.replaceAll('_', ' ').toUpperCase();
  return shown.length === 0 ? title : `${title}(${shown.join(', ')})`;
}

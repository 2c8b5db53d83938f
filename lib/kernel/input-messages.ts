import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;
type IssueOf<C extends Issue['code']> = Extract<Issue, { code: C }>;

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a date',
  null: 'null',
};

const FORMATS: Record<string, string> = {
  email: 'This is not an e-mail address. Write one such as name@example.com.',
  url: 'This is not a web address. Write one such as https://example.com.',
  uuid: 'This is not a UUID.',
  datetime: 'This is not a time. Use ISO 8601 with a zone, such as 2026-01-31T09:30:00Z.',
  date: 'This is not a date. Use year, month and day, such as 2026-01-31.',
};

/** Lists longer than this are cut; the documentation has them whole. */
const MOST_NAMED = 20;

/**
 * The one place where faults of form become words, for API and forms alike: what is expected and, where
 * it helps, what was given. A schema that knows better brings a message of its own.
 */
export function inputMessage(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return isMissing(issue) ? REQUIRED : typeMessage(issue);
    case 'invalid_value':
      return isMissing(issue) ? REQUIRED : valueMessage(issue);
    case 'invalid_union':
      return isMissing(issue) ? REQUIRED : unionMessage(issue);
    case 'too_small':
      return smallMessage(issue);
    case 'too_big':
      return bigMessage(issue);
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'This doesn’t have the form that is expected here.';
    case 'not_multiple_of':
      return `Use a multiple of ${issue.divisor}.`;
    case 'unrecognized_keys':
      return `There is no field named ${issue.keys.join(' or ')}.`;
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues[0]?.message ?? 'This name is not allowed here.';
    case 'custom':
      return 'This value is not allowed here.';
  }
}

const REQUIRED = 'This field is required.';

function isMissing(issue: Issue): boolean {
  return issue.input === undefined;
}

function typeMessage({ expected, input }: IssueOf<'invalid_type'>): string {
  const wanted = KINDS[expected] ?? 'another kind of value';
  if (typeof input === 'number' && !Number.isFinite(input)) {
    // Text that was to be read as a number arrives as NaN.
    return Number.isNaN(input) ? `Expected ${wanted}.` : 'A number has to be finite.';
  }
  // A number that isn't whole has the right kind otherwise.
  if (expected === 'int' && typeof input === 'number') return `Expected ${wanted}.`;
  return `Expected ${wanted}, not ${given(input)}.`;
}

function given(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  if (input instanceof Date) return 'a date';
  return KINDS[typeof input] ?? 'this';
}

function valueMessage({ values }: IssueOf<'invalid_value'>): string {
  const named = values.slice(0, MOST_NAMED).map((value) => JSON.stringify(value));
  const rest = values.length > MOST_NAMED ? ' and so on' : '';
  return named.length === 1 ? `Expected ${named[0]}.` : `Use one of ${named.join(', ')}${rest}.`;
}

/** The choice of the right kind says what is wrong; where none is, the kinds tell everything. */
function unionMessage({ errors, discriminator, ...rest }: IssueOf<'invalid_union'>): string {
  if (discriminator && Array.isArray(rest.options)) {
    return `Use one of ${rest.options.map((option) => JSON.stringify(option)).join(', ')}.`;
  }
  const firsts = errors.map(([first]) => first);
  const near = firsts.find((first) => first && !isOtherKind(first));
  if (near?.path.length === 0) return near.message;
  const kinds = firsts.map((first) =>
    first?.code === 'invalid_type' ? KINDS[first.expected] : undefined,
  );
  if (near || kinds.length === 0 || kinds.includes(undefined)) {
    return 'This has none of the forms that are accepted here.';
  }
  return `Expected ${[...new Set(kinds)].join(' or ')}.`;
}

function isOtherKind({ code, path }: z.core.$ZodIssue): boolean {
  return code === 'invalid_type' && path.length === 0;
}

const counted = (n: number | bigint, one: string) => `${n} ${one}${Number(n) === 1 ? '' : 's'}`;

function smallMessage({ origin, minimum, inclusive, exact }: IssueOf<'too_small'>): string {
  const unit = UNITS[origin];
  if (unit && Number(minimum) === 1 && !exact) return 'This must not be empty.';
  if (unit) return `Use ${exact ? 'exactly' : 'at least'} ${counted(minimum, unit)}.`;
  if (origin === 'date') return `Use a date from ${dayOf(minimum)} on.`;
  return inclusive === false ? `Use more than ${minimum}.` : `Use ${minimum} or more.`;
}

function bigMessage({ origin, maximum, inclusive, exact }: IssueOf<'too_big'>): string {
  const unit = UNITS[origin];
  if (unit) return `Use ${exact ? 'exactly' : 'at most'} ${counted(maximum, unit)}.`;
  if (origin === 'date') return `Use a date up to ${dayOf(maximum)}.`;
  return inclusive === false ? `Use less than ${maximum}.` : `Use ${maximum} or less.`;
}

const UNITS: Record<string, string> = {
  string: 'character',
  array: 'item',
  set: 'item',
  file: 'byte',
};

const dayOf = (at: number | bigint) => new Date(Number(at)).toISOString().slice(0, 10);

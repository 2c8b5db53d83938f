/**
 * Finds the line on which each part of a JSON text stands, by the paths that faults have
 * (`entry.long.crosses_above[0]`). Reads as far as the text is well-formed.
 */
export function jsonLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const scanner = { text, at: 0 };
  const lineAt = lineCounter(text);
  const value = (path: string): void => {
    skipBlanks(scanner);
    lines.set(path, lineAt(scanner.at));
    const opening = text[scanner.at];
    if (opening === '{') members(path);
    else if (opening === '[') items(path);
    else if (opening === '"') readString(scanner);
    else skipLiteral(scanner);
  };
  const members = (path: string): void => {
    scanner.at++;
    while (!closes(scanner, '}')) {
      const line = lineAt(scanner.at);
      const name = readString(scanner);
      const inner = path === '' ? name : `${path}.${name}`;
      expect(scanner, ':');
      value(inner);
      // A fault is shown where its name stands, also when the value begins on the next line.
      lines.set(inner, line);
    }
  };
  const items = (path: string): void => {
    scanner.at++;
    for (let index = 0; !closes(scanner, ']'); index++) value(`${path}[${index}]`);
  };
  try {
    value('');
  } catch (error) {
    if (!(error instanceof EndOfJson)) throw error;
  }
  return lines;
}

/** The line of a path, or of the nearest part around it that is there. */
export function lineOf(lines: ReadonlyMap<string, number>, path: string): number | null {
  for (let part = path; ; part = part.replace(/(\.|^)[^.[]*$|\[\d+\]$/, '')) {
    const line = lines.get(part);
    if (line !== undefined) return line;
    if (part === '') return null;
  }
}

/** Line of a syntax fault, from the line or position that the parser's message names: browsers differ. */
export function syntaxLine(text: string, message: string): number | null {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined ? null : lineCounter(text)(Number(position));
}

class EndOfJson extends Error {}

type Scanner = { text: string; at: number };

function lineCounter(text: string): (at: number) => number {
  let [line, counted] = [1, 0];
  return (at) => {
    if (at < counted) return text.slice(0, at).split('\n').length;
    for (; counted < at; counted++) if (text[counted] === '\n') line++;
    return line;
  };
}

function skipBlanks(scanner: Scanner): void {
  while (/\s/.test(scanner.text[scanner.at] ?? '')) scanner.at++;
  if (scanner.at >= scanner.text.length) throw new EndOfJson();
}

/** Whether the object or list ends here; steps over a comma before the next member. */
function closes(scanner: Scanner, bracket: string): boolean {
  skipBlanks(scanner);
  if (scanner.text[scanner.at] === ',') {
    scanner.at++;
    skipBlanks(scanner);
  }
  if (scanner.text[scanner.at] !== bracket) return false;
  scanner.at++;
  return true;
}

function expect(scanner: Scanner, character: string): void {
  skipBlanks(scanner);
  if (scanner.text[scanner.at] !== character) throw new EndOfJson();
  scanner.at++;
}

function readString(scanner: Scanner): string {
  const match = /"(?:[^"\\]|\\.)*"/y;
  match.lastIndex = scanner.at;
  const found = match.exec(scanner.text)?.[0];
  if (found === undefined) throw new EndOfJson();
  scanner.at += found.length;
  try {
    return String(JSON.parse(found));
  } catch {
    throw new EndOfJson();
  }
}

function skipLiteral(scanner: Scanner): void {
  const match = /[^\s,\]}]+/y;
  match.lastIndex = scanner.at;
  const found = match.exec(scanner.text)?.[0];
  if (found === undefined) throw new EndOfJson();
  scanner.at += found.length;
}

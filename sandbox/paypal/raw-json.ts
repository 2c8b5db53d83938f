/** The text of a top-level property's value in a JSON object, byte for byte; empty when it isn't there. */
export function rawValueOf(json: string, name: string): string {
  for (const { key, from, to } of properties(json)) if (key === name) return json.slice(from, to);
  return '';
}

type Property = { key: string; from: number; to: number };

/** Where the values of a valid JSON object stand. */
function properties(json: string): Property[] {
  const found: Property[] = [];
  let depth = 0;
  let key = '';
  let from = -1;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at] ?? '';
    if (sign === '"') {
      const end = endOfString(json, at);
      if (depth === 1 && from < 0) key = JSON.parse(json.slice(at, end)) as string;
      at = end - 1;
    } else if (sign === ':' && depth === 1 && from < 0) from = at + 1;
    else if ('{['.includes(sign)) depth += 1;
    else if ('}]'.includes(sign) || sign === ',') {
      if (depth === 1 && from >= 0) {
        const text = json.slice(from, at);
        const start = from + text.length - text.trimStart().length;
        found.push({ key, from: start, to: start + text.trim().length });
        from = -1;
      }
      if (sign !== ',') depth -= 1;
    }
  }
  return found;
}

function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at += 1) {
    if (json[at] === '\\') at += 1;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
}

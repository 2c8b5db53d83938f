import { invalid } from '@/sandbox/http/errors';

/** A parsed form: strings at the leaves; arrays arrive as objects with the keys 0, 1, 2 … */
export interface FormTree {
  [key: string]: string | FormTree;
}

function segments(name: string): string[] {
  const open = name.indexOf('[');
  if (open < 1) return [name];
  const rest = [...name.slice(open).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
  return [name.slice(0, open), ...rest];
}

/** Parses Stripe's nested form encoding (`a[b][0]=c`, `a[]=c`). Throws a 400 when a name is both a value and a group. */
export function parseForm(text: string): FormTree {
  const root: FormTree = Object.create(null) as FormTree;
  for (const [name, value] of new URLSearchParams(text)) {
    const path = segments(name);
    let node = root;
    path.forEach((raw, depth) => {
      const key = raw === '' ? String(Object.keys(node).length) : raw;
      if (depth === path.length - 1) {
        if (typeof node[key] === 'object') throw invalid(`Invalid request: ${name}`, name);
        node[key] = value;
        return;
      }
      const child = node[key] ?? (Object.create(null) as FormTree);
      if (typeof child === 'string') throw invalid(`Invalid request: ${name}`, name);
      node[key] = child;
      node = child;
    });
  }
  return root;
}

import type { z } from 'zod';

type SearchParams = Record<string, string | string[] | undefined>;

/** What the address asks of a list; what it can't mean is left out, so that an old link still shows the list. */
export function listQueryOf<S extends z.ZodObject>(schema: S, address: SearchParams): z.output<S> {
  const { q, ...filters } = address;
  const asked = schema.safeParse({
    ...pick(schema, filters),
    ...(typeof q === 'string' && q !== '' ? { search: q } : {}),
  });
  return asked.success ? asked.data : schema.parse({});
}

function pick(schema: z.ZodObject, given: SearchParams): SearchParams {
  const known = Object.keys(schema.shape).filter((name) => name !== 'cursor' && name !== 'limit');
  return Object.fromEntries(known.flatMap((name) => (given[name] ? [[name, given[name]]] : [])));
}

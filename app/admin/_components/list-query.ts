import type { z } from 'zod';

type SearchParams = Record<string, string | string[] | undefined>;

/** What the address asks of a list; of it what can't be meant is left out, so that an old link still shows the list. */
export function listQueryOf<S extends z.ZodObject>(schema: S, address: SearchParams): z.output<S> {
  const { q, ...filters } = address;
  const asked = {
    ...pick(schema, filters),
    ...(typeof q === 'string' && q !== '' ? { search: q } : {}),
  };
  const { data, error } = schema.safeParse(asked);
  if (!error) return data;
  const faulty = new Set(error.issues.map(({ path }) => String(path[0])));
  const meant = schema.safeParse(without(asked, faulty));
  // Filters that are good one by one and not together ask for nothing.
  return meant.success ? meant.data : schema.parse({});
}

const without = (given: SearchParams, names: ReadonlySet<string>): SearchParams =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name)));

function pick(schema: z.ZodObject, given: SearchParams): SearchParams {
  const known = Object.keys(schema.shape).filter((name) => name !== 'cursor' && name !== 'limit');
  return Object.fromEntries(known.flatMap((name) => (given[name] ? [[name, given[name]]] : [])));
}

import type { Api } from '@/sandbox/stripe/api';
import { emptyList } from '@/sandbox/stripe/api';
import { invalid } from '@/sandbox/http/errors';
import type { Table, Tables } from '@/sandbox/stripe/store';

export type Call = {
  api: Api /** the first `:id` of the path */;
  id: string;
  ids: string[];
  path: string;
};

/**
 * One endpoint. `accepts` lists the params that are implemented (`a.b` for one nested name, `a` for all of it);
 * from it the generator builds the request's schema, and whatever else Stripe takes is answered with 501.
 */
export type Route = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  accepts: string[];
  run: (params: object, call: Call) => object;
};

/** `P` is the SDK's type for the params; the decoder has checked them against that very type. */
export function route<P extends object = object>(
  signature: string,
  accepts: string,
  run: (params: P, call: Call) => object,
): Route {
  const [method, path] = signature.split(' ') as [Route['method'], string];
  return { method, path, accepts: accepts.split(/\s+/).filter(Boolean), run: run as Route['run'] };
}

type Page = {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
  created?: number | Record<string, number>;
};

function within(created: number, range: Page['created']): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return created === range;
  const { gt, gte, lt, lte } = range;
  return (
    (gt === undefined || created > gt) &&
    (gte === undefined || created >= gte) &&
    (lt === undefined || created < lt) &&
    (lte === undefined || created <= lte)
  );
}

/** Cuts one page out of `rows`, which stand newest first. */
export function paginate<T extends { id?: string }>(rows: T[], params: object, url: string) {
  const { limit = 10, starting_after, ending_before } = params as Page;
  if (limit < 1 || limit > 100)
    throw invalid(
      `This value must be ${limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 100'}.`,
      'limit',
      'parameter_invalid_integer',
    );
  const place = (id: string, param: string) => {
    const index = rows.findIndex((row) => row.id === id);
    if (index < 0) throw invalid(`No such object: '${id}'`, param, 'resource_missing');
    return index;
  };
  if (ending_before) {
    const end = place(ending_before, 'ending_before');
    return emptyList(url, rows.slice(Math.max(0, end - limit), end), end > limit);
  }
  const start = starting_after ? place(starting_after, 'starting_after') + 1 : 0;
  return emptyList(url, rows.slice(start, start + limit), rows.length > start + limit);
}

const PAGE = ['limit', 'starting_after', 'ending_before'];

/** A list endpoint over one table; `keep` filters by the params. */
export function listRoute<P extends object, T extends Table>(
  signature: string,
  accepts: string,
  table: T,
  keep: (params: P, row: Tables[T], ids: string[]) => boolean = () => true,
): Route {
  const ranged = accepts.split(' ').includes('created');
  const made = route<P>(signature, accepts, (params, { api, ids, path }) => {
    const rows = api.store
      .all(table)
      .filter(
        (row) =>
          keep(params, row, ids) &&
          (!ranged || within((row as { created: number }).created, (params as Page).created)),
      );
    return paginate(rows.reverse() as { id?: string }[], params, path);
  });
  return { ...made, accepts: [...made.accepts, ...PAGE] };
}

import type { Series } from '@/lib/kernel/series';
import { negotiate } from './accept';
import { seriesCsv } from './series-csv';
import { streamAnswer } from './stream-answer';

/** What a list comes as besides pages of JSON: whole. */
export const LIST_FORMATS = ['text/csv'] as const;

/**
 * A list as the caller wants it: a page as JSON, or all of it as CSV, a streamed download named `name`. Throws
 * `not_acceptable`.
 */
export async function listAnswer<P>(
  request: Request,
  name: string,
  list: { page: () => Promise<P>; whole: () => Promise<Series> },
): Promise<P | Response> {
  const wanted = negotiate(request.headers.get('accept'), ['application/json', ...LIST_FORMATS]);
  if (wanted === 'application/json') return list.page();
  return csvAnswer(name, await list.whole());
}

/** A series as CSV, a streamed download named `name`. */
export function csvAnswer(name: string, series: Series): Response {
  return streamAnswer({
    fileName: `${name}.csv`,
    type: 'text/csv; charset=utf-8',
    pieces: seriesCsv(series),
  });
}

import type { Series } from '@/lib/kernel/series';
import { negotiate } from './accept';
import { seriesCsv } from './series-csv';

/** What a list comes as besides pages of JSON: whole. */
export const LIST_FORMATS = ['text/csv'] as const;

/**
 * A list as the caller wants it: a page as JSON, or all of it as CSV, a download named `name`. Throws
 * `not_acceptable`.
 */
export async function listAnswer<P>(
  request: Request,
  name: string,
  list: { page: () => Promise<P>; whole: () => Promise<Series> },
): Promise<P | Response> {
  const wanted = negotiate(request.headers.get('accept'), ['application/json', ...LIST_FORMATS]);
  if (wanted === 'application/json') return list.page();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of seriesCsv(await list.whole())) parts.push(new Uint8Array(part));
  return new Response(new Blob(parts), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      vary: 'Accept',
    },
  });
}

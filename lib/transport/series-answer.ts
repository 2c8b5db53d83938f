import { countExport } from '@/lib/domains/usage';
import type { Ctx } from '@/lib/kernel/ctx';
import type { Series } from '@/lib/kernel/series';
import { negotiate } from './accept';
import { seriesCsv } from './series-csv';
import { seriesParquet } from './series-parquet';
import { streamAnswer } from './stream-answer';

const writers = {
  'text/csv': { extension: 'csv', type: 'text/csv; charset=utf-8', write: seriesCsv },
  'application/vnd.apache.parquet': {
    extension: 'parquet',
    type: 'application/vnd.apache.parquet',
    write: seriesParquet,
  },
};

type Format = keyof typeof writers;

/** What a series comes as besides pages of JSON: whole. */
export const SERIES_FORMATS = Object.keys(writers) as readonly Format[];

/**
 * A time series as the caller wants it: a page as JSON, or the whole as a streamed download named `name`
 * (characters that headers can't carry are replaced). Throws `not_acceptable`.
 */
export async function seriesAnswer<P>(
  { ctx, request }: { ctx: Ctx; request: Request },
  name: string,
  series: { page: () => Promise<P>; whole: () => Promise<Series> },
): Promise<P | Response> {
  const accept = request.headers.get('accept');
  const wanted = negotiate(accept, ['application/json', ...SERIES_FORMATS]);
  if (wanted === 'application/json') return series.page();
  const { extension, type, write } = writers[wanted];
  return streamAnswer({
    fileName: `${name}.${extension}`,
    type,
    pieces: write(await series.whole()),
    // It is an export once somebody reads.
    begin: () => countExport(ctx),
  });
}

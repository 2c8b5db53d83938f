import { z } from 'zod';
import {
  exportBars,
  listBars,
  MAX_UPLOAD_BYTES,
  uploadBars,
  uploadTooLarge,
} from '@/lib/domains/trading/market-data';
import {
  barDto,
  listBarsQuery,
  uploadBarsQuery,
  uploadReportDto,
} from '@/lib/domains/trading/market-data/schemas';
import { DomainError } from '@/lib/kernel/errors';
import { defineRoute } from '@/lib/transport/define-route';
import { SERIES_FORMATS, seriesAnswer } from '@/lib/transport/series-answer';

const params = z.object({ symbol: z.string() });

export const GET = defineRoute(
  {
    permission: 'market_data:read',
    summary: 'Read bars, oldest first; whole as CSV or Parquet',
    tag: 'Market data',
    access: 'tenant',
    params,
    query: listBarsQuery,
    response: z.object({ data: z.array(barDto), next_cursor: z.string().nullable() }),
    formats: SERIES_FORMATS,
  },
  ({ ctx, params, query, request }) =>
    seriesAnswer({ ctx, request }, `${params.symbol}-${query.timeframe}`, {
      page: () => listBars(ctx, params.symbol, query),
      whole: () => exportBars(ctx, params.symbol, query),
    }),
);

export const POST = defineRoute(
  {
    permission: 'market_data:write',
    summary: 'Upload bars as CSV or JSON, up to 256 MB, streamed',
    tag: 'Market data',
    access: 'tenant',
    params,
    query: uploadBarsQuery,
    rawBody: true,
    accepts: ['text/csv', 'application/json'],
    response: uploadReportDto,
    errors: ['bad_rows', 'wrong_columns', 'upload_too_large', 'read_only_instrument'],
  },
  ({ ctx, params, query, request }) => {
    const format = formatOf(request.headers.get('content-type'));
    const length = Number(request.headers.get('content-length') ?? 0);
    if (length > MAX_UPLOAD_BYTES) throw uploadTooLarge(MAX_UPLOAD_BYTES);
    const body = request.body ?? new ReadableStream({ start: (stream) => stream.close() });
    return uploadBars(ctx, params.symbol, { ...query, format, body });
  },
);

function formatOf(contentType: string | null): 'csv' | 'json' {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return 'json';
  if (type === 'text/csv' || type === 'text/tab-separated-values' || type === 'text/plain') {
    return 'csv';
  }
  throw new DomainError(
    'unsupported_media',
    'unsupported_media_type',
    'Send bars with Content-Type text/csv, or application/json with {"bars": […]}.',
  );
}

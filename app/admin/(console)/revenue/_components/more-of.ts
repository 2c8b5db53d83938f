import type { z } from 'zod';
import type { RowPage } from '@/components/patterns/table/table-types';
import { apiFetch } from '@/lib/client/api-fetch';

type PageOf<Row> = z.ZodType<{ data: Row[]; next_cursor: string | null }>;

/** Fetches the page of `path` (below `/api/v1`, with its query) that comes after a cursor. */
export function moreOf<Row>(path: string, schema: PageOf<Row>) {
  return async (cursor: string): Promise<RowPage<Row>> => {
    const after = `${path}&cursor=${encodeURIComponent(cursor)}`;
    const page = await apiFetch(after, schema, { tenant: null });
    return { rows: page.data, nextCursor: page.next_cursor };
  };
}

import type { z } from 'zod';
import type { RowPage } from '@/components/patterns/table/table-types';
import { apiFetch } from '@/lib/client/api-fetch';

type PageOf<Row> = z.ZodType<{ data: Row[]; next_cursor: string | null }>;

/**
 * Fetches the page of an operators' list after `cursor`, under the search and filters of the address; `q` there is
 * `search` here.
 */
export function moreRows<Row>(path: string, schema: PageOf<Row>, filters: readonly string[]) {
  return async (cursor: string): Promise<RowPage<Row>> => {
    const address = new URLSearchParams(window.location.search);
    const query = new URLSearchParams({ cursor });
    const search = address.get('q');
    if (search) query.set('search', search);
    for (const name of filters) {
      const value = address.get(name);
      if (value) query.set(name, value);
    }
    const page = await apiFetch(`${path}?${query}`, schema, { tenant: null });
    return { rows: page.data, nextCursor: page.next_cursor };
  };
}

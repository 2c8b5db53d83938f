'use client';

import { useEffect, useState, useTransition } from 'react';
import type { RowPage } from './table-types';

export interface MoreRows<Row> {
  rows: readonly Row[];
  hasMore: boolean;
  loading: boolean;
  failed: boolean;
  load: () => void;
}

/** Appends further pages to the first one; starts over when the first page changes. */
export function useMoreRows<Row>(
  first: readonly Row[],
  firstCursor: string | null,
  loadMore: ((cursor: string) => Promise<RowPage<Row>>) | undefined,
): MoreRows<Row> {
  const [more, setMore] = useState<RowPage<Row>>({ rows: [], nextCursor: firstCursor });
  const [failed, setFailed] = useState(false);
  const [loading, start] = useTransition();
  useEffect(() => {
    setMore({ rows: [], nextCursor: firstCursor });
    setFailed(false);
  }, [first, firstCursor]);
  const load = () => {
    const cursor = more.nextCursor;
    if (!cursor || !loadMore || loading) return;
    setFailed(false);
    start(async () => {
      try {
        const page = await loadMore(cursor);
        setMore((before) => ({
          rows: [...before.rows, ...page.rows],
          nextCursor: page.nextCursor,
        }));
      } catch {
        setFailed(true);
      }
    });
  };
  return {
    rows: more.rows.length > 0 ? [...first, ...more.rows] : first,
    hasMore: Boolean(more.nextCursor && loadMore),
    loading,
    failed,
    load,
  };
}

'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useMemo, useTransition } from 'react';
import { nextSort, readQuery, writeParams, writeSort } from './table-query';
import type { TableQuery } from './table-types';

export interface TableAddress {
  query: TableQuery;
  /** The server is answering to a changed address. */
  pending: boolean;
  setSearch: (text: string) => void;
  setFilter: (id: string, value: string) => void;
  toggleSort: (column: string) => void;
  clear: () => void;
}

/**
 * A table's state in the address, so that it can be linked, reloaded and gone back to. `remote` asks the
 * server anew at every change; `local` only rewrites the address.
 */
export function useTableAddress(
  mode: 'local' | 'remote',
  filterIds: readonly string[],
  prefix = '',
): TableAddress {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const [pending, start] = useTransition();
  const ids = filterIds.join(' ');
  const query = useMemo(
    () => readQuery(params, ids.split(' ').filter(Boolean), prefix),
    [params, ids, prefix],
  );
  const write = useCallback(
    (changes: Record<string, string | null>) => {
      const text = writeParams(window.location.search, changes, prefix);
      const href = text ? `?${text}` : pathname;
      if (mode === 'remote') start(() => router.replace(href, { scroll: false }));
      else window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname);
    },
    [mode, pathname, prefix, router],
  );
  return {
    query,
    pending,
    setSearch: (text) => write({ q: text }),
    setFilter: (id, value) => write({ [id]: value }),
    toggleSort: (column) => write({ sort: writeSort(nextSort(query.sort, column)) }),
    clear: () =>
      write({ q: null, sort: null, ...Object.fromEntries(filterIds.map((id) => [id, null])) }),
  };
}

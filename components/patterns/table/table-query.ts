import type { Column, TableFilter, TableQuery, TableSort } from './table-types';

/** How a table's state is written in the address: `?q=sma&sort=-created&status=active`. */

export function readSort(text: string | null): TableSort | null {
  if (!text) return null;
  const descending = text.startsWith('-');
  return { column: descending ? text.slice(1) : text, descending };
}

export function writeSort(sort: TableSort | null): string | null {
  return sort ? `${sort.descending ? '-' : ''}${sort.column}` : null;
}

/** Reads a table's state; `prefix` keeps two tables of one page apart. */
export function readQuery(
  params: { get: (name: string) => string | null },
  filterIds: readonly string[],
  prefix = '',
): TableQuery {
  const filters: Record<string, string> = {};
  for (const id of filterIds) {
    const value = params.get(prefix + id);
    if (value) filters[id] = value;
  }
  return {
    search: params.get(`${prefix}q`) ?? '',
    sort: readSort(params.get(`${prefix}sort`)),
    filters,
  };
}

/** The address with changed entries; null or "" removes one. Any change goes back to the first page. */
export function writeParams(
  current: string,
  changes: Readonly<Record<string, string | null>>,
  prefix = '',
): string {
  const params = new URLSearchParams(current);
  for (const [name, value] of Object.entries(changes)) {
    if (value) params.set(prefix + name, value);
    else params.delete(prefix + name);
  }
  params.delete(`${prefix}cursor`);
  return params.toString();
}

/** First press ascending, second descending, third back to the usual order. */
export function nextSort(current: TableSort | null, column: string): TableSort | null {
  if (current?.column !== column) return { column, descending: false };
  return current.descending ? null : { column, descending: true };
}

function compare(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * sign;
  return String(a).localeCompare(String(b), undefined, { numeric: true }) * sign;
}

/** Search, filters and sort over rows that are all in the browser. Stable; nulls last in both directions. */
export function applyQuery<Row>(
  rows: readonly Row[],
  query: TableQuery,
  columns: readonly Column<Row>[],
  filters: readonly TableFilter<Row>[],
): readonly Row[] {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = rows.filter((row) => {
    const text = columns
      .map((c) => c.searchText?.(row) ?? '')
      .join(' ')
      .toLowerCase();
    if (!words.every((word) => text.includes(word))) return false;
    return filters.every((filter) => {
      const value = query.filters[filter.id];
      return value === undefined || filter.match === undefined || filter.match(row, value);
    });
  });
  const by = columns.find((c) => c.id === query.sort?.column)?.sortValue;
  if (!by) return kept;
  const sign = query.sort?.descending ? -1 : 1;
  return kept.toSorted((a, b) => compare(by(a), by(b), sign));
}

import type { ReactNode } from 'react';

export interface Column<Row> {
  /** Stands in the address when sorted by: "name", "created_at". */
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Makes the column sortable in `local` mode; null sorts last. */
  sortValue?: (row: Row) => string | number | null;
  /** Makes it sortable in `remote` mode, where the server sorts. */
  sortable?: boolean;
  /** What the search looks through in `local` mode; without any, nothing is searched. */
  searchText?: (row: Row) => string;
  /** Figures: right-aligned, tabular. */
  figures?: boolean;
  /** Left out on narrower screens. */
  hideBelow?: 'sm' | 'md' | 'lg';
  /** A CSS width, "12rem". */
  width?: string;
}

export interface TableFilter<Row> {
  /** Stands in the address: "status". */
  id: string;
  label: string;
  options: readonly { value: string; label: string }[];
  /** For `local` mode. */
  match?: (row: Row, value: string) => boolean;
}

export interface TableSort {
  column: string;
  descending: boolean;
}

/** What the address says about a table. */
export interface TableQuery {
  search: string;
  sort: TableSort | null;
  filters: Readonly<Record<string, string>>;
}

export interface BulkAction {
  label: string;
  icon?: ReactNode;
  destructive?: boolean;
  /** Gets the keys of the chosen rows; the choice is cleared when it resolves. */
  onRun: (keys: string[]) => void | Promise<void>;
}

export interface RowPage<Row> {
  rows: readonly Row[];
  nextCursor: string | null;
}

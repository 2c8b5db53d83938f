import type { ReactNode } from 'react';

/**
 * What becomes of a table on a phone. `cards`: each row is a card, so that nothing of it is off the screen. `scroll`: it
 * is scrolled sideways, for figures that are compared down a column.
 */
export type OnPhone = 'cards' | 'scroll';

/** A column of any table. */
export interface PlainColumn<Row> {
  id: string;
  /** Of a column that needs none to be seen (buttons), what is read out: see `bareHead`. */
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Figures: right-aligned, tabular. */
  figures?: boolean;
  /** The head is read out, not shown. */
  bareHead?: boolean;
  /** Left out on narrower screens. */
  hideBelow?: 'sm' | 'md' | 'lg';
  /**
   * In the card that a row is on a phone: its title (the first column, if none is said), the figure opposite to it, a text
   * below, or one of the two small facts under that, none of them with a name; by default a line, with the column's name
   * before it.
   */
  inCard?: 'title' | 'lead' | 'text' | 'start' | 'end';
}

export interface Column<Row> extends PlainColumn<Row> {
  /** Stands in the address when sorted by: "name", "created_at". */
  id: string;
  header: string;
  /** Makes the column sortable in `local` mode; null sorts last. */
  sortValue?: (row: Row) => string | number | null;
  /** Makes it sortable in `remote` mode, where the server sorts. */
  sortable?: boolean;
  /** What the search looks through in `local` mode; without any, nothing is searched. */
  searchText?: (row: Row) => string;
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

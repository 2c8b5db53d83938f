'use client';

import { type ReactNode, useState, useTransition } from 'react';
import { Button } from '../../ui/button';
import { Skeleton } from '../../ui/skeleton';
import { EmptyState } from '../empty-state';
import { ErrorState } from '../error-state';
import { TableGrid } from './table-grid';
import { applyQuery } from './table-query';
import { TableToolbar } from './table-toolbar';
import type { BulkAction, Column, OnPhone, RowPage, TableFilter } from './table-types';
import { useMoreRows } from './use-more-rows';
import { useTableAddress } from './use-table-address';

export interface DataTableProps<Row> {
  /** What the rows are, in the plural: "Strategies". */
  label: string;
  columns: readonly Column<Row>[];
  /** The first page, or everything in `local` mode. */
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Makes rows lead somewhere (complete href, with base). */
  rowHref?: (row: Row) => string;
  /** At the end of each row, as a rule a menu. */
  rowActions?: (row: Row) => ReactNode;
  /** `local`: search, filters and sort run over `rows`. `remote`: the page reads `q`, `sort` and the filters from its search params. */
  mode?: 'local' | 'remote';
  filters?: readonly TableFilter<Row>[];
  /** Shows the search box; in `local` mode a column needs `searchText`. */
  searchable?: boolean;
  nextCursor?: string | null;
  /** Fetches the page after `cursor`; shows "Load more". */
  loadMore?: (cursor: string) => Promise<RowPage<Row>>;
  bulkActions?: readonly BulkAction[];
  /** At the right of the toolbar: export, columns. */
  toolbar?: ReactNode;
  status?: 'ready' | 'loading' | 'error';
  /** For `status="error"`. */
  error?: { message: string; reference?: string | null };
  onRetry?: () => void;
  /** An `EmptyState` with `bare`, shown when there is nothing at all. */
  empty: ReactNode;
  /** Scrolled by default. */
  onPhone?: OnPhone;
  /** Keeps two tables of one page apart in the address: "trades_". */
  addressPrefix?: string;
}

/** A list with search, filters and sort in the address, full keyboard, and every state it can be in. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, mode = 'local', filters = [], status = 'ready' } = props;
  const address = useTableAddress(
    mode,
    filters.map((f) => f.id),
    props.addressPrefix,
  );
  const more = useMoreRows(props.rows, props.nextCursor ?? null, props.loadMore);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown =
    mode === 'local' ? applyQuery(more.rows, address.query, columns, filters) : more.rows;
  const asked = address.query.search !== '' || Object.keys(address.query.filters).length > 0;
  const nothing = status === 'ready' && more.rows.length === 0 && !asked;
  return (
    <div className="min-w-0 overflow-hidden rounded-lg border border-line bg-panel">
      {nothing ? null : (
        <TableToolbar
          label={props.label}
          address={address}
          filters={filters}
          searchable={props.searchable ?? false}
          delay={mode === 'remote' ? 250 : 60}
          actions={props.toolbar}
        />
      )}
      {chosen.size > 0 ? (
        <BulkBar
          chosen={chosen}
          actions={props.bulkActions ?? []}
          onClear={() => setChosen(new Set())}
        />
      ) : null}
      {status === 'loading' ? <LoadingRows columns={columns.length} label={props.label} /> : null}
      {status === 'error' ? (
        <ErrorState
          bare
          title={`${props.label} could not be loaded`}
          reference={props.error?.reference ?? null}
          {...(props.onRetry ? { onRetry: props.onRetry } : {})}
        >
          {props.error?.message}
        </ErrorState>
      ) : null}
      {nothing ? props.empty : null}
      {status === 'ready' && !nothing && shown.length === 0 ? (
        <EmptyState
          bare
          title="Nothing matches"
          action={
            <Button variant="secondary" onClick={address.clear}>
              Clear search and filters
            </Button>
          }
        >
          No row fits the search and the filters. Try fewer words, or clear them.
        </EmptyState>
      ) : null}
      {status === 'ready' && shown.length > 0 ? (
        <TableGrid
          {...props}
          rows={shown}
          chosen={props.bulkActions ? chosen : null}
          onChoose={setChosen}
          sort={address.query.sort}
          canSort={(column) =>
            mode === 'local' ? Boolean(column.sortValue) : (column.sortable ?? false)
          }
          onSort={address.toggleSort}
          busy={address.pending}
          onPhone={props.onPhone ?? 'scroll'}
          rowHref={props.rowHref}
          rowActions={props.rowActions}
        />
      ) : null}
      {status === 'ready' && more.hasMore ? (
        <div className="flex items-center justify-center gap-3 border-t border-line p-2.5 text-sm">
          {more.failed ? (
            <span role="alert" className="text-negative">
              The next rows did not arrive.
            </span>
          ) : null}
          <Button variant="ghost" size="sm" pending={more.loading} onClick={more.load}>
            {more.failed ? 'Try again' : 'Load more'}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function BulkBar({
  chosen,
  actions,
  onClear,
}: {
  chosen: ReadonlySet<string>;
  actions: readonly BulkAction[];
  onClear: () => void;
}) {
  const [pending, start] = useTransition();
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-accent-subtle px-3 py-2 text-sm">
      <span role="status" className="figures px-2 font-medium text-strong">
        {chosen.size} chosen
      </span>
      {actions.map((action) => (
        <Button
          key={action.label}
          size="sm"
          variant={action.destructive ? 'danger' : 'secondary'}
          icon={action.icon}
          pending={pending}
          onClick={() =>
            start(async () => {
              await action.onRun([...chosen]);
              onClear();
            })
          }
        >
          {action.label}
        </Button>
      ))}
      <Button size="sm" variant="ghost" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}

/** Rows on their way, in the size of those that come. */
function LoadingRows({ columns, label }: { columns: number; label: string }) {
  return (
    <div role="status" className="divide-y divide-line">
      <span className="sr-only">Loading {label.toLowerCase()}</span>
      {[68, 52, 74, 46, 60].map((width) => (
        <div key={width} className="flex h-11 items-center gap-6 px-5">
          <Skeleton className="h-3.5 flex-2" />
          {Array.from({ length: Math.max(columns - 1, 1) }, (_, i) => (
            <span key={i} className="flex-1">
              <span className="block" style={{ width: `${width}%` }}>
                <Skeleton className="h-3.5" />
              </span>
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

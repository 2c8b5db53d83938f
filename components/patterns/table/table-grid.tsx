'use client';

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react';
import { Checkbox } from '../../ui/checkbox';
import { cn } from '../../ui/class-names';
import { Table, TableBody, TableCell, TableHead, TableHeader } from '../../ui/table';
import { ColumnHead } from './column-head';
import { hideBelow } from './hide-below';
import { cardCell, cardContent, cardParts } from './row-card';
import type { Column, OnPhone, TableSort } from './table-types';

export interface TableGridProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHref?: ((row: Row) => string) | undefined;
  rowActions?: ((row: Row) => ReactNode) | undefined;
  /** Keys of the chosen rows; null when rows can't be chosen. */
  chosen: ReadonlySet<string> | null;
  onChoose: (keys: ReadonlySet<string>) => void;
  sort: TableSort | null;
  canSort: (column: Column<Row>) => boolean;
  onSort: (column: string) => void;
  busy: boolean;
  onPhone: OnPhone;
}

/** The grid itself: sortable heads, rows that keys can walk (↑ ↓ j k, Enter opens, x chooses). */
export function TableGrid<Row>(props: TableGridProps<Row>) {
  const { columns, rows, rowKey, chosen, onChoose, sort } = props;
  const all = chosen !== null && rows.length > 0 && rows.every((row) => chosen.has(rowKey(row)));
  const walk = useRowWalk(props);
  const cards = props.onPhone === 'cards';
  return (
    <Table
      label={props.label}
      aria-busy={props.busy || undefined}
      className={cn(props.busy && 'opacity-60', cards && cardParts.table)}
    >
      <TableHead className={cn(cards && cardParts.head)}>
        <tr className="border-b border-line">
          {chosen ? (
            <TableHeader className="w-8 pr-0">
              <Checkbox
                aria-label="Choose all"
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={() => onChoose(new Set(all ? [] : rows.map(rowKey)))}
              />
            </TableHeader>
          ) : null}
          {columns.map((column) => (
            <TableHeader
              key={column.id}
              figures={column.figures ?? false}
              className={hideBelow(column)}
              style={column.width ? { width: column.width } : undefined}
              aria-sort={
                sort?.column === column.id
                  ? sort.descending
                    ? 'descending'
                    : 'ascending'
                  : undefined
              }
            >
              {props.canSort(column) ? (
                <SortButton column={column} sort={sort} onSort={props.onSort} />
              ) : (
                <ColumnHead {...column} />
              )}
            </TableHeader>
          ))}
          {props.rowActions ? (
            <TableHeader className="w-12">
              <span className="sr-only">Actions</span>
            </TableHeader>
          ) : null}
        </tr>
      </TableHead>
      <TableBody ref={walk.body} onKeyDown={walk.onKeyDown} className={cn(cards && cardParts.body)}>
        {rows.map((row, index) => (
          <TableLine key={rowKey(row)} {...props} row={row} {...walk.rowProps(row, index)} />
        ))}
      </TableBody>
    </Table>
  );
}

function SortButton<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: TableSort | null;
  onSort: (column: string) => void;
}) {
  const active = sort?.column === column.id;
  const Icon = active ? (sort.descending ? ArrowDown : ArrowUp) : ChevronsUpDown;
  return (
    <button
      type="button"
      onClick={() => onSort(column.id)}
      className={cn(
        '-mx-1 inline-flex items-center gap-1 align-middle rounded-sm px-1 hover:text-strong',
        active && 'text-strong',
        column.figures && 'flex-row-reverse',
      )}
    >
      {column.header}
      <Icon aria-hidden="true" className={cn('size-3.5', !active && 'opacity-45')} />
    </button>
  );
}

interface LineProps<Row> extends TableGridProps<Row> {
  row: Row;
  tabIndex: number;
  onFocus: () => void;
  onClick: (event: MouseEvent) => void;
}

function TableLine<Row>(props: LineProps<Row>) {
  const { row, columns, rowKey, rowHref, rowActions, chosen, onChoose } = props;
  const key = rowKey(row);
  const isChosen = chosen?.has(key) ?? false;
  const cards = props.onPhone === 'cards';
  const contentOf = (column: Column<Row>) =>
    cards ? cardContent(column, columns, column.cell(row)) : column.cell(row);
  return (
    // Clicking beside the link is a convenience of the mouse; the link itself serves everyone.
    <tr
      tabIndex={props.tabIndex}
      onFocus={props.onFocus}
      onClick={props.onClick}
      className={cn(
        'border-b border-line transition-colors last:border-0 hover:bg-raised/60 focus-visible:bg-accent-subtle focus-visible:outline-offset-[-2px]',
        rowHref && 'cursor-pointer',
        cards && cardParts.row,
        isChosen && 'bg-accent-subtle hover:bg-accent-subtle',
      )}
    >
      {chosen ? (
        <TableCell className="w-8 pr-0">
          <Checkbox
            aria-label={`Choose ${key}`}
            checked={isChosen}
            onChange={() => onChoose(toggled(chosen, key))}
          />
        </TableCell>
      ) : null}
      {columns.map((column, index) => (
        <TableCell
          key={column.id}
          figures={column.figures ?? false}
          className={cards ? cardCell(column, columns) : hideBelow(column)}
        >
          {index === 0 && rowHref ? (
            <Link
              href={rowHref(row)}
              className="font-medium text-strong hover:underline"
              tabIndex={-1}
            >
              {contentOf(column)}
            </Link>
          ) : (
            contentOf(column)
          )}
        </TableCell>
      ))}
      {rowActions ? (
        <TableCell className={cn('w-12 text-right', cards && cardParts.menu)}>
          {rowActions(row)}
        </TableCell>
      ) : null}
    </tr>
  );
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

const INTERACTIVE = 'a, button, input, select, textarea, label, [role="menuitem"]';

/** One tab stop for all rows; arrows walk among them. */
function useRowWalk<Row>({ rows, rowKey, rowHref, chosen, onChoose }: TableGridProps<Row>) {
  const router = useRouter();
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const focusRow = (index: number) => {
    const next = Math.min(Math.max(index, 0), rows.length - 1);
    (body.current?.rows[next] as HTMLElement | undefined)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    const target = event.target as HTMLElement;
    if (
      target.tagName !== 'TR' ||
      event.metaKey ||
      event.ctrlKey ||
      event.altKey ||
      row === undefined
    )
      return;
    const acts: Record<string, (() => void) | undefined> = {
      ArrowDown: () => focusRow(active + 1),
      j: () => focusRow(active + 1),
      ArrowUp: () => focusRow(active - 1),
      k: () => focusRow(active - 1),
      Home: () => focusRow(0),
      End: () => focusRow(rows.length - 1),
      Enter: rowHref && (() => router.push(rowHref(row))),
      x: chosen ? () => onChoose(toggled(chosen, rowKey(row))) : undefined,
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return {
    body,
    onKeyDown,
    rowProps: (row: Row, index: number) => ({
      tabIndex: index === Math.min(active, rows.length - 1) ? 0 : -1,
      onFocus: () => setActive(index),
      onClick: (event: MouseEvent) => {
        const target = event.target as HTMLElement;
        const selecting = window.getSelection()?.toString() !== '';
        if (!rowHref || selecting || target.closest(INTERACTIVE)) return;
        if (event.metaKey || event.ctrlKey) window.open(rowHref(row), '_blank', 'noopener');
        else router.push(rowHref(row));
      },
    }),
  };
}

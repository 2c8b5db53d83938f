import { cn } from '../../ui/class-names';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../../ui/table';
import { type Fold, FoldedRows } from './folded-rows';
import { hideBelow } from './hide-below';
import type { PlainColumn } from './table-types';

export interface PlainTableProps<Row> {
  /** What the rows are, in the plural: "Invoices". */
  label: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /**
   * `cards` (the default): each row is a card, so that nothing of it is off the screen. `scroll`: a table whose
   * first column stays, for figures that are compared down a column.
   */
  onPhone?: 'cards' | 'scroll';
  /** Shows the first rows of many, and the rest when asked for. */
  fold?: Fold;
}

type Place = 'title' | 'lead' | 'line';

const places: Record<Place, string> = {
  title: 'max-sm:col-start-1 max-sm:row-start-1 max-sm:text-left',
  lead: 'max-sm:col-start-2 max-sm:row-start-1 max-sm:text-right max-sm:font-medium max-sm:text-strong',
  line: 'max-sm:col-span-2 max-sm:flex max-sm:justify-between max-sm:gap-4 max-sm:whitespace-normal max-sm:text-right',
};
const inCard =
  'max-sm:h-auto max-sm:min-w-0 max-sm:p-0 max-sm:first:pl-0 max-sm:last:pr-0 max-sm:empty:hidden';
const card =
  'max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:items-baseline max-sm:gap-x-4 max-sm:gap-y-1.5 max-sm:px-5 max-sm:py-3.5';
const staying = 'max-md:first:sticky max-md:first:left-0 max-md:first:z-10 max-md:first:bg-panel';

/** Rows without search or sorting, in columns; on a phone as cards or scrolled under the first column. */
export function PlainTable<Row>(props: PlainTableProps<Row>) {
  const { label, columns, rows, rowKey, onPhone = 'cards', fold } = props;
  const cards = onPhone === 'cards';
  const title = columns.find((column) => column.inCard === 'title') ?? columns[0];
  const placeOf = (column: PlainColumn<Row>): Place => {
    if (column === title) return 'title';
    return column.inCard === 'lead' ? 'lead' : 'line';
  };
  const body = rows.map((row) => (
    <TableRow key={rowKey(row)} className={cn(cards && card)}>
      {columns.map((column) => (
        <Cell key={column.id} column={column} row={row} place={cards ? placeOf(column) : null} />
      ))}
    </TableRow>
  ));
  return (
    <Table label={label} className={cn(cards && 'max-sm:block')}>
      <TableHead className={cn(cards && 'max-sm:sr-only')}>
        <TableRow>
          {columns.map((column) => (
            <TableHeader
              key={column.id}
              figures={column.figures ?? false}
              className={cn(hideBelow(column), !cards && staying)}
            >
              {column.bareHead ? <span className="sr-only">{column.header}</span> : column.header}
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody className={cn(cards && 'max-sm:block')}>
        {fold ? <FoldedRows rows={body} columns={columns.length} fold={fold} /> : body}
      </TableBody>
    </Table>
  );
}

/** A cell of a table, and in a card its place there; a line of a card says what it is. */
function Cell<Row>({
  column,
  row,
  place,
}: {
  column: PlainColumn<Row>;
  row: Row;
  /** Null: the row is never a card. */
  place: Place | null;
}) {
  const content = column.cell(row);
  const named = place === 'line' && !column.bareHead && content !== null;
  return (
    <TableCell
      figures={column.figures ?? false}
      className={cn(place ? [inCard, places[place]] : staying, hideBelow(column))}
    >
      {named ? (
        <>
          <span className="shrink-0 text-muted sm:hidden">{column.header}</span>
          <span className="min-w-0">{content}</span>
        </>
      ) : (
        content
      )}
    </TableCell>
  );
}

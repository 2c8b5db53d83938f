import { cn } from '../../ui/class-names';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../../ui/table';
import { ColumnHead } from './column-head';
import { type Fold, FoldedRows } from './folded-rows';
import { hideBelow } from './hide-below';
import { cardCell, cardContent, cardParts } from './row-card';
import type { OnPhone, PlainColumn } from './table-types';

export interface PlainTableProps<Row> {
  /** What the rows are, in the plural: "Invoices". */
  label: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Cards by default. */
  onPhone?: OnPhone;
  /** Shows the first rows of many, and the rest when asked for. */
  fold?: Fold;
}

const staying = 'max-md:first:sticky max-md:first:left-0 max-md:first:z-10 max-md:first:bg-panel';

/** Rows without search or sorting, in columns; on a phone as cards or scrolled under the first column. */
export function PlainTable<Row>(props: PlainTableProps<Row>) {
  const { label, columns, rows, rowKey, onPhone = 'cards', fold } = props;
  const cards = onPhone === 'cards';
  const body = rows.map((row) => (
    <TableRow key={rowKey(row)} className={cn(cards && cardParts.row)}>
      {columns.map((column) => {
        const content = column.cell(row);
        return (
          <TableCell
            key={column.id}
            figures={column.figures ?? false}
            className={cards ? cardCell(column, columns) : cn(staying, hideBelow(column))}
          >
            {cards ? cardContent(column, columns, content) : content}
          </TableCell>
        );
      })}
    </TableRow>
  ));
  return (
    <Table label={label} className={cn(cards && cardParts.table)}>
      <TableHead className={cn(cards && cardParts.head)}>
        <TableRow>
          {columns.map((column) => (
            <TableHeader
              key={column.id}
              figures={column.figures ?? false}
              className={cn(hideBelow(column), !cards && staying)}
            >
              <ColumnHead {...column} />
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody className={cn(cards && cardParts.body)}>
        {fold ? <FoldedRows rows={body} columns={columns.length} fold={fold} /> : body}
      </TableBody>
    </Table>
  );
}

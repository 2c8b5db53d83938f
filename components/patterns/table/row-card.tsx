import type { ReactNode } from 'react';
import { hideBelow } from './hide-below';
import type { PlainColumn } from './table-types';

/**
 * On a phone a row can be a card: its title and a figure opposite, below them texts, then two small facts, then a line for
 * each other column.
 */

type Place = NonNullable<PlainColumn<never>['inCard']> | 'line';

const places: Record<Place, string> = {
  title: 'max-sm:col-start-1 max-sm:row-start-1 max-sm:text-left',
  lead: 'max-sm:col-start-2 max-sm:row-start-1 max-sm:text-right max-sm:font-medium max-sm:text-strong',
  text: 'max-sm:order-1 max-sm:col-span-2 max-sm:text-left max-sm:whitespace-normal',
  start: 'max-sm:order-2 max-sm:col-start-1 max-sm:text-left max-sm:text-sm max-sm:text-muted',
  end: 'max-sm:order-3 max-sm:col-start-2 max-sm:text-right max-sm:text-sm',
  line: 'max-sm:order-4 max-sm:col-span-2 max-sm:flex max-sm:justify-between max-sm:gap-4 max-sm:whitespace-normal max-sm:text-right',
};
const everyCell =
  'max-sm:h-auto max-sm:min-w-0 max-sm:p-0 max-sm:first:pl-0 max-sm:last:pr-0 max-sm:empty:hidden';

/** Classes of the table's parts where rows are cards on a phone; heads stand in the lines there. */
export const cardParts = {
  table: 'max-sm:block',
  head: 'max-sm:hidden',
  body: 'max-sm:block',
  row: 'max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:items-baseline max-sm:gap-x-4 max-sm:gap-y-1.5 max-sm:px-5 max-sm:py-3.5',
  /** Of a cell that is no column's: a menu at the end. */
  menu: `${everyCell} ${places.lead}`,
} as const;

/** What a column is in the card. */
function placeOf<Row>(column: PlainColumn<Row>, columns: readonly PlainColumn<Row>[]): Place {
  const title = columns.find(({ inCard }) => inCard === 'title') ?? columns[0];
  if (column === title) return 'title';
  return column.inCard ?? 'line';
}

/** Classes of a column's cells in the card; what is left out on narrow screens isn't in it. */
export const cardCell = <Row,>(column: PlainColumn<Row>, columns: readonly PlainColumn<Row>[]) =>
  hideBelow(column) ?? `${everyCell} ${places[placeOf(column, columns)]}`;

/** A cell's content; a line of the card says first what it is. */
export function cardContent<Row>(
  column: PlainColumn<Row>,
  columns: readonly PlainColumn<Row>[],
  content: ReactNode,
): ReactNode {
  const named = placeOf(column, columns) === 'line' && !column.bareHead && content !== null;
  if (!named) return content;
  return (
    <>
      <span className="shrink-0 text-muted sm:hidden">{column.header}</span>
      <span className="min-w-0">{content}</span>
    </>
  );
}

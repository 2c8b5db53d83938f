import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Card, CardHeader } from '@/components/ui/card';
import { Money } from '@/components/ui/figures';
import {
  type Books,
  type MovementKind,
  movementKinds,
  type RevenueMonthDto,
} from '@/lib/domains/revenue/schemas';
import { customersHref, movementsHref } from './addresses';
import { FigureLink } from './figure-link';
import { MonthName } from './month-name';
import { MONTHS_FOLD } from './months-fold';
import { kindWords } from './words';

function Movement({
  month,
  kind,
  books,
}: {
  month: RevenueMonthDto;
  kind: MovementKind;
  books: Books;
}) {
  const { amount, customers } = month.movements[kind];
  if (customers === 0) return <span className="text-faint">–</span>;
  return (
    <FigureLink href={movementsHref(month.month, books, kind)}>
      <Money value={amount} signed />
      <span className="ml-1.5 text-sm text-muted">{customers}</span>
    </FigureLink>
  );
}

const columnsOf = (books: Books): PlainColumn<RevenueMonthDto>[] => [
  {
    id: 'month',
    header: 'Month',
    cell: ({ month, complete }) => (
      <span className="whitespace-nowrap text-strong">
        <FigureLink href={movementsHref(month, books)}>
          <MonthName month={month} />
        </FigureLink>
        {complete ? null : <span className="ml-2 text-sm text-muted">running</span>}
      </span>
    ),
  },
  {
    id: 'start',
    header: 'Start',
    figures: true,
    cell: (month) => <Money value={month.mrr_start} />,
  },
  ...movementKinds.map((kind) => ({
    id: kind,
    header: kindWords[kind],
    figures: true,
    cell: (month: RevenueMonthDto) => <Movement month={month} kind={kind} books={books} />,
  })),
  {
    id: 'end',
    header: 'End',
    figures: true,
    cell: (month) => (
      <FigureLink href={customersHref(month.month, books)}>
        <Money value={month.mrr} className="text-strong" />
      </FigureLink>
    ),
  },
];

/** From each month's start to its end, newest first; every figure leads to its customers. */
export function MovementTable({
  months,
  books,
}: {
  months: readonly RevenueMonthDto[];
  books: Books;
}) {
  return (
    <Card>
      <CardHeader
        title="From month to month"
        description="The start, the movements and the end of each month; each figure opens the customers behind it."
      />
      <PlainTable
        label="MRR by month"
        columns={columnsOf(books)}
        rows={[...months].reverse()}
        rowKey={({ month }) => month}
        onPhone="scroll"
        fold={MONTHS_FOLD}
      />
    </Card>
  );
}

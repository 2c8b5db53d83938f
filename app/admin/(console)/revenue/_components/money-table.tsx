import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Card, CardHeader } from '@/components/ui/card';
import { Money } from '@/components/ui/figures';
import { MetricName } from '@/components/ui/metric-name';
import { type Books, invoiceMeasures, type RevenueMonthDto } from '@/lib/domains/revenue/schemas';
import { invoicesHref } from './addresses';
import { FigureLink } from './figure-link';
import { MonthName } from './month-name';
import { MONTHS_FOLD } from './months-fold';
import { measureWords } from './words';

const columnsOf = (books: Books): PlainColumn<RevenueMonthDto>[] => [
  {
    id: 'month',
    header: 'Month',
    cell: ({ month }) => (
      <span className="whitespace-nowrap text-strong">
        <MonthName month={month} />
      </span>
    ),
  },
  ...invoiceMeasures.map((measure) => ({
    id: measure,
    header: (
      <MetricName name={measureWords[measure].name} definition={measureWords[measure].means} />
    ),
    figures: true,
    cell: (month: RevenueMonthDto) =>
      month[measure].amount === 0 ? (
        <span className="text-faint">–</span>
      ) : (
        <FigureLink href={invoicesHref(month.month, books, measure)}>
          <Money value={month[measure]} />
        </FigureLink>
      ),
  })),
];

/** What was invoiced, earned and paid in each month, newest first; every figure leads to its invoices. */
export function MoneyTable({
  months,
  books,
}: {
  months: readonly RevenueMonthDto[];
  books: Books;
}) {
  return (
    <Card>
      <CardHeader
        title="Invoices behind revenue"
        description="Each figure opens the invoices that it is the sum of."
      />
      <PlainTable
        label="Invoiced, recognised and cash by month"
        columns={columnsOf(books)}
        rows={[...months].reverse()}
        rowKey={({ month }) => month}
        onPhone="scroll"
        fold={MONTHS_FOLD}
      />
    </Card>
  );
}

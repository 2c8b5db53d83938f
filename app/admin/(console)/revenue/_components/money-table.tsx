import { Card, CardHeader } from '@/components/ui/card';
import { Money } from '@/components/ui/figures';
import { MetricName } from '@/components/ui/metric-name';
import { Table, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { type Books, invoiceMeasures, type RevenueMonthDto } from '@/lib/domains/revenue/schemas';
import { invoicesHref } from './addresses';
import { FigureLink } from './figure-link';
import { FoldedRows } from './folded-rows';
import { MonthName } from './month-name';
import { measureWords } from './words';

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
      <Table label="Invoiced, recognised and cash by month">
        <TableHead>
          <TableRow>
            <TableHeader>Month</TableHeader>
            {invoiceMeasures.map((measure) => (
              <TableHeader key={measure} figures>
                <MetricName
                  name={measureWords[measure].name}
                  definition={measureWords[measure].means}
                />
              </TableHeader>
            ))}
          </TableRow>
        </TableHead>
        <FoldedRows
          columns={invoiceMeasures.length + 1}
          rows={[...months].reverse().map((month) => (
            <TableRow key={month.month}>
              <TableCell className="whitespace-nowrap text-strong">
                <MonthName month={month.month} />
              </TableCell>
              {invoiceMeasures.map((measure) => (
                <TableCell key={measure} figures>
                  {month[measure].amount === 0 ? (
                    <span className="text-faint">–</span>
                  ) : (
                    <FigureLink href={invoicesHref(month.month, books, measure)}>
                      <Money value={month[measure]} />
                    </FigureLink>
                  )}
                </TableCell>
              ))}
            </TableRow>
          ))}
        />
      </Table>
    </Card>
  );
}

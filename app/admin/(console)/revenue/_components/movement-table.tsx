import { Card, CardHeader } from '@/components/ui/card';
import { Money } from '@/components/ui/figures';
import { Table, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { type Books, movementKinds, type RevenueMonthDto } from '@/lib/domains/revenue/schemas';
import { customersHref, movementsHref } from './addresses';
import { FigureLink } from './figure-link';
import { FoldedRows } from './folded-rows';
import { MonthName } from './month-name';
import { kindWords } from './words';

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
      <Table label="MRR by month">
        <TableHead>
          <TableRow>
            <TableHeader>Month</TableHeader>
            <TableHeader figures>Start</TableHeader>
            {movementKinds.map((kind) => (
              <TableHeader key={kind} figures>
                {kindWords[kind]}
              </TableHeader>
            ))}
            <TableHeader figures>End</TableHeader>
          </TableRow>
        </TableHead>
        <FoldedRows
          columns={movementKinds.length + 3}
          rows={[...months].reverse().map((month) => (
            <TableRow key={month.month}>
              <TableCell className="whitespace-nowrap text-strong">
                <FigureLink href={movementsHref(month.month, books)}>
                  <MonthName month={month.month} />
                </FigureLink>
                {month.complete ? null : <span className="ml-2 text-sm text-muted">running</span>}
              </TableCell>
              <TableCell figures>
                <Money value={month.mrr_start} />
              </TableCell>
              {movementKinds.map((kind) => {
                const { amount, customers } = month.movements[kind];
                return (
                  <TableCell key={kind} figures>
                    {customers === 0 ? (
                      <span className="text-faint">–</span>
                    ) : (
                      <FigureLink href={movementsHref(month.month, books, kind)}>
                        <Money value={amount} signed />
                        <span className="ml-1.5 text-sm text-muted">{customers}</span>
                      </FigureLink>
                    )}
                  </TableCell>
                );
              })}
              <TableCell figures className="text-strong">
                <FigureLink href={customersHref(month.month, books)}>
                  <Money value={month.mrr} />
                </FigureLink>
              </TableCell>
            </TableRow>
          ))}
        />
      </Table>
    </Card>
  );
}

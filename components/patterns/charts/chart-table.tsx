'use client';

import { useState } from 'react';
import { Button } from '../../ui/button';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../../ui/table';

export interface ChartTableData {
  header: readonly string[];
  length: number;
  /** Row by index, oldest first; figures unrounded. */
  rows: (index: number) => (string | number | null)[];
}

const PAGE = 100;

/** The figures behind a chart, a hundred at a time, newest first. */
export function ChartTable({ label, data }: { label: string; data: ChartTableData }) {
  const [shown, setShown] = useState(PAGE);
  const count = Math.min(shown, data.length);
  return (
    <div className="scrollbar-quiet mt-3 max-h-96 overflow-y-auto border-t border-line">
      <Table label={`${label}, as a table`}>
        <TableHead>
          <TableRow>
            {data.header.map((name, index) => (
              <TableHeader key={name} figures={index > 0} className="sticky top-0 bg-panel">
                {name}
              </TableHeader>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {Array.from({ length: count }, (_, index) => data.rows(data.length - 1 - index)).map(
            (row) => (
              <TableRow key={String(row[0])}>
                {row.map((value, index) => (
                  <TableCell
                    key={data.header[index]}
                    figures={index > 0}
                    className="h-8 py-1 text-sm"
                  >
                    {typeof value === 'number'
                      ? value.toLocaleString('en-US', { maximumFractionDigits: 4 })
                      : (value ?? '–')}
                  </TableCell>
                ))}
              </TableRow>
            ),
          )}
        </TableBody>
      </Table>
      {count < data.length ? (
        <div className="flex items-center justify-center gap-3 border-t border-line p-2 text-sm text-muted">
          {count} of {data.length.toLocaleString('en-US')}
          <Button variant="ghost" size="sm" onClick={() => setShown(shown + PAGE)}>
            Show more
          </Button>
        </div>
      ) : null}
    </div>
  );
}

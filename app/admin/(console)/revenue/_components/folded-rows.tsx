'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { TableBody, TableCell, TableRow } from '@/components/ui/table';

const FIRST = 12;

/** The body of a table of months, newest first: a year of it, and the rest when asked for. */
export function FoldedRows({ rows, columns }: { rows: readonly ReactNode[]; columns: number }) {
  const [all, setAll] = useState(false);
  return (
    <TableBody>
      {all ? rows : rows.slice(0, FIRST)}
      {all || rows.length <= FIRST ? null : (
        <TableRow>
          <TableCell colSpan={columns}>
            <Button variant="ghost" size="sm" onClick={() => setAll(true)}>
              Show {rows.length - FIRST} earlier months
            </Button>
          </TableCell>
        </TableRow>
      )}
    </TableBody>
  );
}

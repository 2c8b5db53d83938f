'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button';
import { TableCell, TableRow } from '../../ui/table';

/** Where a long table is folded: how many rows are shown at first, and what the others are. */
export interface Fold {
  first: number;
  /** "earlier months" */
  others: string;
}

/** The first rows, and the rest when asked for. */
export function FoldedRows({
  rows,
  columns,
  fold: { first, others },
}: {
  rows: readonly ReactNode[];
  columns: number;
  fold: Fold;
}) {
  const [all, setAll] = useState(false);
  const folded = all ? 0 : Math.max(0, rows.length - first);
  return (
    <>
      {folded === 0 ? rows : rows.slice(0, first)}
      {folded === 0 ? null : (
        <TableRow>
          <TableCell colSpan={columns}>
            <Button variant="ghost" size="sm" onClick={() => setAll(true)}>
              Show {folded} {others}
            </Button>
          </TableCell>
        </TableRow>
      )}
    </>
  );
}

import type { PlainColumn } from './table-types';

/** What stands above a column; a bare one is read out only. */
export function ColumnHead({
  header,
  bareHead = false,
}: Pick<PlainColumn<never>, 'header' | 'bareHead'>) {
  return bareHead ? <span className="sr-only">{header}</span> : header;
}

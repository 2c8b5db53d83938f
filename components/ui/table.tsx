import type { ComponentProps } from 'react';
import { cn } from './class-names';

/** A plain table that scrolls sideways inside itself. For lists with search and sorting see `DataTable`. */
export function Table({
  label,
  className,
  ...rest
}: ComponentProps<'table'> & { /** What the rows are. */ label: string }) {
  return (
    // Scrollable by keyboard when it is wider than its place.
    <section aria-label={label} tabIndex={0} className="scrollbar-quiet relative overflow-x-auto">
      <table className={cn('w-full border-collapse text-base', className)} {...rest} />
    </section>
  );
}

export function TableHead(props: ComponentProps<'thead'>) {
  return <thead {...props} />;
}

export function TableBody(props: ComponentProps<'tbody'>) {
  return <tbody {...props} />;
}

export function TableRow({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={cn('border-b border-line last:border-0', className)} {...rest} />;
}

interface CellAlign {
  /** Figures: right-aligned, tabular digits. */
  figures?: boolean;
}

/** Head of a column. */
export function TableHeader({ figures, className, ...rest }: ComponentProps<'th'> & CellAlign) {
  return (
    <th
      scope="col"
      className={cn(
        'h-9 whitespace-nowrap px-3 text-left text-sm font-medium text-muted first:pl-5 last:pr-5',
        figures && 'text-right',
        className,
      )}
      {...rest}
    />
  );
}

export function TableCell({ figures, className, ...rest }: ComponentProps<'td'> & CellAlign) {
  return (
    <td
      className={cn(
        'h-11 px-3 py-2 text-default first:pl-5 last:pr-5',
        figures && 'figures whitespace-nowrap text-right',
        className,
      )}
      {...rest}
    />
  );
}

import type { ReactNode } from 'react';
import { cn } from '../ui/class-names';

export interface EmptyStateProps {
  /** A Lucide icon element of the kind of thing that is missing. */
  icon?: ReactNode;
  /** What there will be: "No strategies yet". */
  title: string;
  /** What the thing is good for and how one starts; a sentence or two. */
  children: ReactNode;
  /** The first action. */
  action?: ReactNode;
  /** A way to learn more, or to try with what is there already. */
  secondary?: ReactNode;
  /** Inside a card or a table, without a border of its own. */
  bare?: boolean;
  className?: string;
}

/** An empty place that teaches what belongs there and offers the first step. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  secondary,
  bare,
  className,
}: EmptyStateProps) {
  return (
    <div
      className={cn(
        'flex flex-col items-center px-6 py-14 text-center',
        !bare && 'rounded-lg border border-dashed border-line-strong bg-panel',
        className,
      )}
    >
      {icon ? (
        <span
          aria-hidden="true"
          className="mb-4 grid size-10 place-items-center rounded-lg bg-accent-subtle text-accent-text [&_svg]:size-5"
        >
          {icon}
        </span>
      ) : null}
      <h2 className="text-md">{title}</h2>
      <div className="mt-1 max-w-[46ch] text-base text-muted">{children}</div>
      {action || secondary ? (
        <div className="mt-5 flex flex-wrap justify-center gap-2">
          {action}
          {secondary}
        </div>
      ) : null}
    </div>
  );
}

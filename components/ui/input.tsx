'use client';

import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';
import { controlStyle } from './control-style';
import { useFieldControl } from './field-context';

export interface InputProps extends Omit<ComponentProps<'input'>, 'prefix' | 'size'> {
  /** Stands inside the left edge: an icon, or a unit such as "$". */
  prefix?: ReactNode;
  /** Stands inside the right edge: a unit ("%", "bars") or ".example.com". */
  suffix?: ReactNode;
  /** Figures: monospaced digits, right-aligned. */
  figures?: boolean;
}

/** One line of text. Inside a `Field` it finds its label, hint and error by itself. */
export function Input({ prefix, suffix, figures, className, id, required, ...rest }: InputProps) {
  const control = useFieldControl({ id, required });
  const input = (
    <input
      {...control}
      className={cn(
        controlStyle,
        'h-9 read-only:bg-raised',
        prefix && 'pl-9',
        suffix && 'rounded-r-none',
        figures && 'figures text-right',
        className,
      )}
      {...rest}
    />
  );
  if (!prefix && !suffix) return input;
  return (
    <span className="relative flex min-w-0">
      {prefix ? (
        <span className="pointer-events-none absolute inset-y-0 left-0 grid w-9 place-items-center text-faint [&_svg]:size-4">
          {prefix}
        </span>
      ) : null}
      {input}
      {suffix ? (
        <span className="flex h-9 max-w-1/2 shrink-0 items-center truncate rounded-r-md border border-l-0 border-control bg-raised px-3 text-sm text-muted">
          {suffix}
        </span>
      ) : null}
    </span>
  );
}

import type { ComponentProps } from 'react';
import { cn } from './class-names';

/** A control's name. Inside a `Field` it comes by itself. */
export function Label({ className, htmlFor, ...rest }: ComponentProps<'label'>) {
  return (
    <label
      htmlFor={htmlFor}
      className={cn('text-sm font-medium text-strong', className)}
      {...rest}
    />
  );
}

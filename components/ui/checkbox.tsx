'use client';

import { Check, Minus } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './class-names';
import { useFieldControl } from './field-context';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'size'> {
  /** Text beside the box; clicking it toggles. Without it pass `aria-label`. */
  label?: ReactNode;
  description?: ReactNode;
  /** Some, not all: a dash instead of the tick. */
  indeterminate?: boolean;
}

/** On or off, sent with its form. */
export function Checkbox({
  label,
  description,
  indeterminate = false,
  className,
  id,
  required,
  ...rest
}: CheckboxProps) {
  const own = useId();
  const control = useFieldControl({ id: id ?? own, required });
  const box = (
    <span className="relative grid size-4 shrink-0 place-items-center">
      <input
        {...control}
        type="checkbox"
        ref={(node) => {
          if (node) node.indeterminate = indeterminate;
        }}
        className="peer size-4 appearance-none rounded-sm border border-control bg-panel transition-colors checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent hover:border-muted checked:hover:bg-accent-hover disabled:opacity-50 aria-invalid:border-negative-fill"
        {...rest}
      />
      <Check
        aria-hidden="true"
        strokeWidth={3}
        className="pointer-events-none absolute size-3 text-on-accent opacity-0 peer-checked:opacity-100 peer-indeterminate:opacity-0"
      />
      <Minus
        aria-hidden="true"
        strokeWidth={3}
        className="pointer-events-none absolute size-3 text-on-accent opacity-0 peer-indeterminate:opacity-100"
      />
    </span>
  );
  if (label === undefined)
    return <span className={cn('inline-flex align-middle', className)}>{box}</span>;
  return (
    <label htmlFor={control.id} className={cn('inline-flex items-start gap-2.5', className)}>
      <span className="mt-0.5">{box}</span>
      <span className="min-w-0">
        <span className="block text-base text-default">{label}</span>
        {description ? <span className="block text-sm text-muted">{description}</span> : null}
      </span>
    </label>
  );
}

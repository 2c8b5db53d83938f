'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './class-names';
import { useFieldControl } from './field-context';

export interface SwitchProps extends Omit<ComponentProps<'input'>, 'type' | 'size'> {
  label?: ReactNode;
  description?: ReactNode;
}

/** A setting that takes effect at once. In a form that is sent later, use a `Checkbox`. */
export function Switch({ label, description, className, id, required, ...rest }: SwitchProps) {
  const own = useId();
  const control = useFieldControl({ id: id ?? own, required });
  const track = (
    <span className="relative inline-flex h-5 w-9 shrink-0">
      <input
        {...control}
        type="checkbox"
        role="switch"
        className="peer size-full appearance-none rounded-full bg-control transition-colors checked:bg-accent disabled:opacity-50"
        {...rest}
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute top-0.5 left-0.5 size-4 rounded-full bg-panel shadow-sm transition-transform duration-180 ease-settle peer-checked:translate-x-4"
      />
    </span>
  );
  if (label === undefined) return <span className={cn('inline-flex', className)}>{track}</span>;
  return (
    <label htmlFor={control.id} className={cn('flex items-start justify-between gap-4', className)}>
      <span className="min-w-0">
        <span className="block text-base font-medium text-strong">{label}</span>
        {description ? <span className="block text-sm text-muted">{description}</span> : null}
      </span>
      {track}
    </label>
  );
}

'use client';

import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId, useMemo } from 'react';
import { cn } from './class-names';
import { FieldContext } from './field-context';
import { Label } from './label';

export interface FieldProps {
  label: ReactNode;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  /** What to enter and why; stays visible. */
  hint?: ReactNode;
  /** What is wrong and how to right it; replaces nothing, is announced. */
  error?: string | null | undefined;
  required?: boolean;
  /** Says "optional" beside the label; use it where most fields are obligatory. */
  optional?: boolean;
  /** At the right end of the label line, for instance a link. */
  aside?: ReactNode;
  /** Under error and hint: what helps to enter something better. */
  after?: ReactNode;
  /** Overrides the generated id of the control. */
  id?: string;
  className?: string;
  /** One control of this folder; it takes id, description and invalid state from here. */
  children: ReactNode;
}

/** Label, control, hint and error as one unit, tied together for assistive technology. */
export function Field({
  label,
  hideLabel = false,
  hint,
  error,
  required = false,
  optional = false,
  aside,
  after,
  id,
  className,
  children,
}: FieldProps) {
  const generated = useId();
  const controlId = id ?? generated;
  const hintId = hint ? `${controlId}-hint` : undefined;
  const errorId = error ? `${controlId}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined;
  const control = useMemo(
    () => ({ id: controlId, describedBy, invalid: Boolean(error), required }),
    [controlId, describedBy, error, required],
  );
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <div className={cn('flex items-baseline justify-between gap-3', hideLabel && 'sr-only')}>
        <Label htmlFor={controlId}>
          {label}
          {optional ? <span className="ml-1.5 font-normal text-faint">optional</span> : null}
        </Label>
        {aside ? <span className="text-sm">{aside}</span> : null}
      </div>
      <FieldContext value={control}>{children}</FieldContext>
      {error ? (
        <p id={errorId} className="flex items-start gap-1.5 text-sm text-negative" role="alert">
          <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden="true" />
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={hintId} className="text-sm text-muted">
          {hint}
        </p>
      ) : null}
      {after}
    </div>
  );
}

'use client';

import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { controlStyle } from './control-style';
import { useFieldControl } from './field-context';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
  /** Options of one group stand together under its name. */
  group?: string;
}

export interface SelectProps extends Omit<ComponentProps<'select'>, 'size'> {
  options: readonly SelectOption[];
  /** First, unselectable entry while nothing is chosen. */
  placeholder?: string;
  size?: 'sm' | 'md';
}

/** One of several. The platform's own list: it works with forms, keyboards and phones as people expect. */
export function Select({
  options,
  placeholder,
  className,
  id,
  required,
  size = 'md',
  ...rest
}: SelectProps) {
  const control = useFieldControl({ id, required });
  const groups = [...new Set(options.map((o) => o.group ?? ''))];
  return (
    <span className={cn('relative inline-flex w-full min-w-0', size === 'sm' && 'w-auto')}>
      <select
        {...control}
        className={cn(
          controlStyle,
          'appearance-none truncate pr-8',
          size === 'sm' ? 'h-7 pr-7 pl-2.5 text-sm max-sm:text-sm' : 'h-9',
          className,
        )}
        {...rest}
      >
        {placeholder === undefined ? null : (
          <option value="" disabled>
            {placeholder}
          </option>
        )}
        {groups.map((group) => {
          const entries = options
            .filter((o) => (o.group ?? '') === group)
            .map((o) => (
              <option key={o.value} value={o.value} disabled={o.disabled}>
                {o.label}
              </option>
            ));
          return group ? (
            <optgroup key={group} label={group}>
              {entries}
            </optgroup>
          ) : (
            entries
          );
        })}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}

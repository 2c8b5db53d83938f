'use client';

import { type ReactNode, useId } from 'react';
import { cn } from './class-names';

export interface RadioOption<V extends string = string> {
  value: V;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
}

interface GroupProps<V extends string> {
  /** The question; read out, and shown unless `hideLegend`. */
  legend: string;
  hideLegend?: boolean;
  name?: string;
  options: readonly RadioOption<V>[];
  /** Controlled value, with `onChange`; or `defaultValue` for a plain form. */
  value?: V;
  defaultValue?: V;
  onChange?: (value: V) => void;
  className?: string;
}

function checkedProps<V extends string>(group: GroupProps<V>, value: V) {
  return group.value === undefined
    ? { defaultChecked: group.defaultValue === value }
    : { checked: group.value === value };
}

/** One of a few, each with a line of explanation, as cards. */
export function RadioGroup<V extends string>(props: GroupProps<V>) {
  const own = useId();
  return (
    <fieldset className={cn('flex flex-col gap-2', props.className)}>
      <legend
        className={cn('mb-1.5 text-sm font-medium text-strong', props.hideLegend && 'sr-only')}
      >
        {props.legend}
      </legend>
      {props.options.map((option) => (
        <label
          key={option.value}
          className="flex cursor-pointer items-start gap-3 rounded-md border border-line-strong bg-panel p-3 transition-colors hover:bg-raised has-checked:border-accent has-checked:bg-accent-subtle has-disabled:cursor-not-allowed has-disabled:opacity-55"
        >
          <input
            type="radio"
            name={props.name ?? own}
            value={option.value}
            disabled={option.disabled}
            onChange={() => props.onChange?.(option.value)}
            {...checkedProps(props, option.value)}
            className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-control bg-panel checked:border-[5px] checked:border-accent"
          />
          <span className="min-w-0">
            <span className="block text-base font-medium text-strong">{option.label}</span>
            {option.description ? (
              <span className="block text-sm text-muted">{option.description}</span>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** One of two to five short words, side by side: a cycle, a range, a view. */
export function SegmentedControl<V extends string>({
  size = 'md',
  ...props
}: GroupProps<V> & { size?: 'sm' | 'md' }) {
  const own = useId();
  return (
    <fieldset className={cn('inline-flex max-w-full', props.className)}>
      <legend className="sr-only">{props.legend}</legend>
      <span className="inline-flex max-w-full gap-0.5 overflow-x-auto rounded-md border border-line bg-raised p-0.5">
        {props.options.map((option) => (
          <label
            key={option.value}
            className={cn(
              'relative inline-flex cursor-pointer items-center gap-1.5 whitespace-nowrap rounded-sm font-medium text-muted transition-colors hover:text-strong has-checked:bg-panel has-checked:text-strong has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-focus',
              size === 'sm' ? 'h-6 px-2 text-xs' : 'h-8 px-3 text-base',
            )}
          >
            <input
              type="radio"
              name={props.name ?? own}
              value={option.value}
              disabled={option.disabled}
              onChange={() => props.onChange?.(option.value)}
              {...checkedProps(props, option.value)}
              className="absolute inset-0 cursor-pointer appearance-none opacity-0"
            />
            {option.label}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

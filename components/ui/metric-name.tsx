'use client';

import { cn } from './class-names';
import { Popover, PopoverContent, PopoverTrigger } from './popover';

export interface MetricNameProps {
  name: string;
  /** What it means, in one or two sentences. */
  definition: string;
  /** How it is computed, set in mono. */
  formula?: string;
  className?: string;
}

/** The name of a figure that explains itself when pressed: works by mouse, touch and keyboard. */
export function MetricName({ name, definition, formula, className }: MetricNameProps) {
  return (
    <Popover>
      <PopoverTrigger
        aria-label={`${name}: what is this?`}
        className={cn(
          'rounded-sm text-left underline decoration-line-strong decoration-dotted underline-offset-4 transition-colors hover:text-strong hover:decoration-muted',
          className,
        )}
      >
        {name}
      </PopoverTrigger>
      <PopoverContent>
        <p className="font-medium text-strong">{name}</p>
        <p className="mt-1 text-default">{definition}</p>
        {formula ? (
          <p className="mt-3 overflow-x-auto rounded-md bg-raised px-2.5 py-2 font-mono text-xs text-strong">
            {formula}
          </p>
        ) : null}
      </PopoverContent>
    </Popover>
  );
}

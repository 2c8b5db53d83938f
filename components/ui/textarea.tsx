'use client';

import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { controlStyle } from './control-style';
import { useFieldControl } from './field-context';

export interface TextareaProps extends ComponentProps<'textarea'> {
  /** Monospaced, no wrapping: for JSON, keys, rules. */
  code?: boolean;
}

/** Several lines of text; grows by its corner. */
export function Textarea({ code, className, id, required, rows = 4, ...rest }: TextareaProps) {
  const control = useFieldControl({ id, required });
  return (
    <textarea
      {...control}
      rows={rows}
      spellCheck={code ? false : undefined}
      wrap={code ? 'off' : undefined}
      className={cn(
        controlStyle,
        'resize-y py-2 leading-5 read-only:bg-raised',
        code && 'font-mono text-sm',
        className,
      )}
      {...rest}
    />
  );
}

import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

/** A link within or beside text; underlined, so that it is seen without its colour. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={cn(
        'font-medium text-accent-text underline decoration-accent-text/40 underline-offset-4 hover:decoration-accent-text',
        className,
      )}
      {...rest}
    />
  );
}

'use client';

import { Popover as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

export const Popover = Primitive.Root;
/** `<PopoverTrigger asChild><Button …/></PopoverTrigger>`. */
export const PopoverTrigger = Primitive.Trigger;

/** A small panel beside its trigger; closes on Escape or a click beside it. */
export function PopoverContent({
  className,
  align = 'start',
  ...rest
}: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align={align}
        sideOffset={6}
        collisionPadding={12}
        className={cn(
          'z-50 w-72 max-w-[calc(100vw-24px)] animate-pop rounded-lg border border-line bg-overlay p-4 text-base shadow-lg outline-none',
          className,
        )}
        {...rest}
      />
    </Primitive.Portal>
  );
}

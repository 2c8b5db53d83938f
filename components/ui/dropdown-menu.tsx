'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';

/** State holder of a menu. Not modal: the page behind stays readable and reachable while it is open. */
export function Menu(props: Omit<ComponentProps<typeof Primitive.Root>, 'modal'>) {
  return <Primitive.Root {...props} modal={false} />;
}
/** `<MenuTrigger asChild><IconButton …/></MenuTrigger>`. */
export const MenuTrigger = Primitive.Trigger;
/** Exclusive choice among `MenuRadioItem`s: `value`, `onValueChange`. */
export const MenuRadioGroup = Primitive.RadioGroup;

/** The list that opens. */
export function MenuContent({
  className,
  align = 'end',
  ...rest
}: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 animate-pop overflow-y-auto rounded-lg border border-line bg-overlay p-1 shadow-lg',
          className,
        )}
        {...rest}
      />
    </Primitive.Portal>
  );
}

const itemStyle =
  'relative flex min-h-8 cursor-pointer select-none items-center gap-2.5 rounded-md px-2 py-1 text-base text-default outline-none data-disabled:pointer-events-none data-highlighted:bg-raised data-highlighted:text-strong data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0';

export interface MenuItemProps extends ComponentProps<typeof Primitive.Item> {
  icon?: ReactNode;
  /** Keys that do the same, shown at the right. */
  shortcut?: string;
  /** Red: it destroys something. */
  destructive?: boolean;
}

/** One act. With `asChild` and a link inside, a place to go. */
export function MenuItem({
  icon,
  shortcut,
  destructive,
  className,
  children,
  asChild,
  ...rest
}: MenuItemProps) {
  const look = cn(
    itemStyle,
    destructive && 'text-negative data-highlighted:text-negative',
    className,
  );
  if (asChild) {
    return (
      <Primitive.Item asChild className={look} {...rest}>
        {children}
      </Primitive.Item>
    );
  }
  return (
    <Primitive.Item className={look} {...rest}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut ? <span className="text-xs text-faint">{shortcut}</span> : null}
    </Primitive.Item>
  );
}

/** One of an exclusive choice; a tick stands before the chosen one. */
export function MenuRadioItem({
  className,
  children,
  ...rest
}: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(itemStyle, 'pl-8', className)} {...rest}>
      <Primitive.ItemIndicator className="absolute left-2">
        <Check aria-hidden="true" />
      </Primitive.ItemIndicator>
      {children}
    </Primitive.RadioItem>
  );
}

/** A heading over a group of items. */
export function MenuLabel({ className, ...rest }: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className={cn('px-2 py-1.5 text-xs text-muted', className)} {...rest} />;
}

/** A line between groups of items. */
export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}

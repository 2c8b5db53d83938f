'use client';

import Link from 'next/link';
import { Tabs as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

const listStyle = 'scrollbar-quiet flex gap-5 overflow-x-auto border-b border-line';
const tabStyle =
  '-mb-px inline-flex h-10 shrink-0 items-center gap-2 border-b-2 border-transparent text-base font-medium text-muted transition-colors hover:text-strong focus-visible:outline-offset-[-2px]';

/** Several views of one subject in one page: `defaultValue`, or `value` with `onValueChange`. */
export const Tabs = Primitive.Root;

export function TabList({ className, ...rest }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn(listStyle, className)} {...rest} />;
}

export function Tab({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn(
        tabStyle,
        'data-[state=active]:border-accent data-[state=active]:text-strong',
        className,
      )}
      {...rest}
    />
  );
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return <Primitive.Content className={cn('pt-5 outline-none', className)} {...rest} />;
}

/** Tabs that are pages of their own. `current` is the href of the page shown. */
export function LinkTabs({
  label,
  items,
  current,
  className,
}: {
  label: string;
  items: readonly { label: string; href: string; count?: number }[];
  current: string;
  className?: string;
}) {
  return (
    <nav aria-label={label} className={cn(listStyle, className)}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.href === current ? 'page' : undefined}
          className={cn(tabStyle, item.href === current && 'border-accent text-strong')}
        >
          {item.label}
          {item.count === undefined ? null : (
            <span className="figures rounded-sm bg-raised px-1.5 text-xs text-muted">
              {item.count}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './class-names';
import { IconButton } from './icon-button';

/** State holder: `open` and `onOpenChange` for a controlled dialog, or put a `DialogTrigger` inside. */
export const Dialog = Primitive.Root;
/** Wraps the button that opens it: `<DialogTrigger asChild><Button>…</Button></DialogTrigger>`. */
export const DialogTrigger = Primitive.Trigger;
/** Wraps a button that closes it. */
export const DialogClose = Primitive.Close;

export interface DialogContentProps {
  title: string;
  /** One line under the title; read out when it opens. */
  description?: ReactNode;
  /** Buttons, the primary last. */
  footer?: ReactNode;
  /** 480, 640 or 960 px wide; on a phone it is a sheet from the bottom. */
  size?: 'sm' | 'md' | 'lg';
  /** Keeps it open on a click beside it, for instance over half-typed work. */
  persistent?: boolean;
  className?: string;
  children?: ReactNode;
}

const widths = { sm: 'sm:max-w-[480px]', md: 'sm:max-w-[640px]', lg: 'sm:max-w-[960px]' } as const;

/** The dialog itself: title, content, footer; focus is kept inside and given back. */
export function DialogContent({
  title,
  description,
  footer,
  size = 'sm',
  persistent = false,
  className,
  children,
}: DialogContentProps) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
      <Primitive.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        onInteractOutside={(event) => {
          if (persistent) event.preventDefault();
        }}
        className={cn(
          'fixed z-50 flex max-h-[88dvh] w-full flex-col bg-overlay shadow-xl outline-none',
          'max-sm:inset-x-0 max-sm:bottom-0 max-sm:animate-sheet max-sm:rounded-t-lg max-sm:pb-[env(safe-area-inset-bottom)]',
          'sm:inset-0 sm:m-auto sm:h-fit sm:animate-pop sm:rounded-lg sm:border sm:border-line',
          widths[size],
          className,
        )}
      >
        <header className="flex items-start justify-between gap-4 px-5 pt-5 pb-3">
          <div className="min-w-0">
            <Primitive.Title className="text-md">{title}</Primitive.Title>
            {description ? (
              <Primitive.Description className="mt-0.5 text-base text-muted">
                {description}
              </Primitive.Description>
            ) : null}
          </div>
          <Primitive.Close asChild>
            <IconButton label="Close" size="sm" icon={<X />} className="-mt-1 -mr-1" />
          </Primitive.Close>
        </header>
        <div className="scrollbar-quiet min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
        {footer ? (
          <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 max-sm:[&>*]:flex-1">
            {footer}
          </footer>
        ) : null}
      </Primitive.Content>
    </Primitive.Portal>
  );
}

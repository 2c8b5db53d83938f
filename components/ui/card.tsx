import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';

/** A panel: one subject, one border. Cards don't nest. */
export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section
      className={cn('min-w-0 rounded-lg border border-line bg-panel', className)}
      {...rest}
    />
  );
}

export interface CardHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Right end: a secondary button, a menu, a badge. */
  actions?: ReactNode;
  /** Heading level in the page's outline. */
  level?: 2 | 3 | 4;
  className?: string;
}

/** Title row of a card. */
export function CardHeader({ title, description, actions, level = 2, className }: CardHeaderProps) {
  const Heading = `h${level}` as const;
  return (
    <header
      className={cn('flex flex-wrap items-start justify-between gap-3 px-5 pt-4 pb-3', className)}
    >
      <div className="min-w-0">
        <Heading className="text-base leading-6">{title}</Heading>
        {description ? <p className="text-sm text-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex shrink-0 items-center gap-2">{actions}</div> : null}
    </header>
  );
}

/** The inside of a card. Follows a `CardHeader`, or stands alone. */
export function CardBody({ className, ...rest }: ComponentProps<'div'>) {
  return <div className={cn('px-5 pb-5 first:pt-5', className)} {...rest} />;
}

/** A closing row: what happens next, at the right the button that does it. */
export function CardFooter({ className, ...rest }: ComponentProps<'footer'>) {
  return (
    <footer
      className={cn(
        'flex flex-wrap items-center justify-between gap-3 rounded-b-lg border-t border-line bg-canvas px-5 py-3 text-sm text-muted',
        className,
      )}
      {...rest}
    />
  );
}

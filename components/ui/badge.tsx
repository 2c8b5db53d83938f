import type { ReactNode } from 'react';
import { cn } from './class-names';

export type Tone = 'neutral' | 'accent' | 'positive' | 'negative' | 'warning' | 'info';

const tones: Record<Tone, string> = {
  neutral: 'bg-raised text-default',
  accent: 'bg-accent-subtle text-accent-text',
  positive: 'bg-positive-subtle text-positive',
  negative: 'bg-negative-subtle text-negative',
  warning: 'bg-warning-subtle text-warning',
  info: 'bg-info-subtle text-info',
};

const dots: Record<Tone, string> = {
  neutral: 'bg-control',
  accent: 'bg-accent',
  positive: 'bg-positive-fill',
  negative: 'bg-negative-fill',
  warning: 'bg-warning-fill',
  info: 'bg-info-fill',
};

/** A short word about a thing: a plan, a kind, a count. */
export function Badge({
  tone = 'neutral',
  className,
  children,
}: {
  tone?: Tone;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 text-xs font-medium',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

/** The state a thing is in. The word says it; the dot only repeats it, and breathes while `live`. */
export function Status({
  tone,
  live = false,
  className,
  children,
}: {
  tone: Tone;
  live?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span className={cn('inline-flex items-center gap-2 whitespace-nowrap text-sm', className)}>
      <span
        aria-hidden="true"
        className={cn('size-2 rounded-full', dots[tone], live && 'animate-pulse-slow')}
      />
      {children}
    </span>
  );
}

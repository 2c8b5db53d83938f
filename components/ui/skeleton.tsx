import { cn } from './class-names';

/** A place kept for something that is on its way. Give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn('block h-4 animate-pulse-slow rounded-sm bg-raised', className)}
    />
  );
}

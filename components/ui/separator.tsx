import { cn } from './class-names';

/** A hairline between groups. With `label`, a word in the middle of it ("or"). */
export function Separator({ label, className }: { label?: string; className?: string }) {
  if (label === undefined) return <hr className={cn('border-t border-line', className)} />;
  return (
    <div className={cn('flex items-center gap-3 text-sm text-muted', className)}>
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
      {label}
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </div>
  );
}
